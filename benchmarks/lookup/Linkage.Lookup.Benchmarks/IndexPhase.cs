using System.Diagnostics;
using Linkage.Bloom;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Core.Incremental;
using Linkage.Core.Lookup;
using Linkage.Core.Model;

namespace Linkage.Lookup.Benchmarks;

/// <summary>What a lookup and an addition cost by themselves, one after the other on one core.</summary>
internal static class IndexPhase
{
    private const int WarmUp = 2_000;
    private const int Lookups = 5_000;
    private const int Additions = 2_000;

    public static void Run(SampleSources sources, TextWriter report)
    {
        long begin = Stopwatch.GetTimestamp();
        EncodedFile[] files = [.. sources.Paths.Select(EncodedFile.Open)];
        double opened = Seconds(begin);
        FellegiSunterModel model = Linker.Link(files[..2], new LinkerOptions { Seed = 1 }).Model;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        begin = Stopwatch.GetTimestamp();
        using var index = RecordIndex.Create(files, new RecordIndexOptions { Model = model });
        double indexed = Seconds(begin);
        long indexMemory = GC.GetTotalMemory(forceFullCollection: true) - before;
        report.WriteLine($"""
            ## Index

            {sources.Paths.Length} files, {Figures.Whole(index.RecordCount)} records,
            {Figures.Megabytes(files.Sum(file => file.Length))} MB.

            | what | |
            | --- | --- |
            | files opened and verified, s | {Figures.Hundredths(opened)} |
            | index made, s | {Figures.Hundredths(indexed)} |
            | memory of the index beyond the files, MB | {Figures.Megabytes(indexMemory)} |
            """);
        byte[][] messages = Encode(sources, report);
        Find(index, messages, report);
        Add(index, model, messages, report);
        Array.ForEach(files, file => file.Dispose());
    }

    private static double Seconds(long begin) => Stopwatch.GetElapsedTime(begin).TotalSeconds;

    private static byte[][] Encode(SampleSources sources, TextWriter report)
    {
        using RecordEncoder encoder = new(sources.Schema, sources.Key, SampleSources.PartyOf(0));
        byte[][] messages = new byte[WarmUp + Lookups + Additions][];
        double[] times = new double[messages.Length];
        for (int i = 0; i < messages.Length; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            using EncodedMessageWriter writer = new(encoder);
            writer.Add(sources.Queries[i].Values);
            messages[i] = writer.Complete().Content;
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        report.WriteLine($"""

            ## One record after the other

            A message of one record has {Figures.Whole(messages.Average(message => message.Length))} bytes.

            | step | p50, ms | p99, ms | p99.9, ms | most, ms | KB allocated |
            | --- | --- | --- | --- | --- | --- |
            | encode | {Figures.Times(times[WarmUp..])} | |
            """);
        return messages;
    }

    private static void Find(RecordIndex index, byte[][] messages, TextWriter report)
    {
        double[] read = new double[WarmUp + Lookups];
        double[] find = new double[WarmUp + Lookups];
        long found = 0;
        long allocated = 0;
        for (int i = 0; i < find.Length; i++)
        {
            if (i == WarmUp)
            {
                allocated = GC.GetAllocatedBytesForCurrentThread();
            }

            long begin = Stopwatch.GetTimestamp();
            using var query = EncodedFile.Read(messages[i], "query");
            read[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            found += index.Find(query, 0).Count;
            find[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        report.WriteLine($"| verify | {Figures.Times(read[WarmUp..])} | |");
        report.WriteLine(
            $"| verify and find | {Figures.Times(find[WarmUp..])} | {Figures.Whole(allocated / 1e3 / Lookups)} |");
        Console.Error.WriteLine($"{found} found by {find.Length} lookups");
    }

    private static void Add(RecordIndex index, FellegiSunterModel model, byte[][] messages, TextWriter report)
    {
        IncrementalOptions options = new()
        {
            Model = model,
            Thresholds = Bloom.Schemas.DecisionThresholds.Default,
            IsOneToOne = true,
        };
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var linker = IncrementalLinker.Create(
            index, [.. Enumerable.Range(0, index.RecordCount).Select(record => $"{record:x32}")], options);
        long memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        double[] times = new double[Additions];
        List<EncodedFile> added = [];
        for (int i = 0; i < times.Length; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            added.Add(EncodedFile.Read(messages[WarmUp + Lookups + i], "addition"));
            _ = linker.Add(added[i]);
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        report.WriteLine($"""
            | verify, add and link | {Figures.Times(times)} | |

            {Figures.Whole(1e3 * times.Length / times.Sum())} additions a second; every record an entity of its own
            before, whose link ids take {Figures.Megabytes(memory)} MB.
            """);
        added.ForEach(file => file.Dispose());
    }
}
