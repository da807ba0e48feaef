using System.Buffers.Binary;
using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.V1;

namespace Linkage.Sidecar.Load;

/// <summary>Lookups among many parties at a fixed rate, in a process of its own, the audit log included.</summary>
internal static class LookupPhase
{
    private const int ConnectionCount = 4;

    private static readonly (int PerSecond, int Seconds)[] Rates = [(50, 10), (200, 60), (1000, 20)];

    /// <summary>Links the files, starts the unit anew, and asks it.</summary>
    public static async Task RunAsync(LookupLoadOptions options, TextWriter report)
    {
        ByteString[] messages = [.. Read(options.Messages)];
        string[] parties = [.. options.Files.Select(PartyOf)];
        string projectId = await PrepareAsync(options, parties);
        await using UnitProcess unit = await UnitProcess.StartAsync(options.Program, options.Home);
        GrpcChannel[] channels =
            [.. Enumerable.Range(0, ConnectionCount).Select(_ => Connections.Plain(unit.Plain))];
        try
        {
            Asker asker = new(channels, messages, projectId, Connections.Token(options.Home, parties[0]));
            await ReportLoadAsync(asker, unit, report);
            await ReportRatesAsync(asker, unit, report);
        }
        finally
        {
            Array.ForEach(channels, channel => channel.Dispose());
        }
    }

    private static string PartyOf(string path) => Path.GetFileNameWithoutExtension(path);

    private static async Task<string> PrepareAsync(LookupLoadOptions options, string[] parties)
    {
        await using UnitProcess unit = await UnitProcess.StartAsync(options.Program, options.Home);
        using GrpcChannel channel = Connections.Plain(unit.Plain);
        string projectId =
            await SampleProject.CreateAsync(channel, options.Home, options.Schema, options.Files);
        await LookupAgreement.SignAsync(channel, options.Home, projectId, parties);
        foreach ((string file, string party) in options.Files.Zip(parties))
        {
            _ = await new Exchange(channel, Connections.Token(options.Home, party)).SendAsync(file, projectId);
        }

        await RunPhase.LinkAsync(
            new LinkageService.LinkageServiceClient(channel), projectId, Connections.Token(options.Home, "analyst"));
        return projectId;
    }

    private static IEnumerable<ByteString> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] length = new byte[sizeof(int)];
        while (file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) == length.Length)
        {
            byte[] content = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            file.ReadExactly(content);
            yield return UnsafeByteOperations.UnsafeWrap(content);
        }
    }

    private static async Task ReportLoadAsync(Asker asker, UnitProcess unit, TextWriter report)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!await asker.AskAsync(0))
        {
            // The records are being read in, and the answer says so in its time.
        }

        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        double memory = MemoryWatch.Read(unit.Id, "RssAnon");
        await report.WriteLineAsync($"""

            ## A unit that was started anew

            | what | |
            | --- | --- |
            | first lookup, which reads the project in, s | {Figures.Tenths(seconds)} |
            | memory then, with the files it holds decrypted, MB | {Figures.Megabytes(memory)} |
            """);
    }

    private static async Task ReportRatesAsync(Asker asker, UnitProcess unit, TextWriter report)
    {
        await report.WriteLineAsync($"""

            ## Lookups at a fixed rate

            Calls begin on time whether or not earlier ones are answered, over {ConnectionCount} connections without
            encryption, from the same cores; a call's time runs from the moment it was due. Every answer is in the audit
            log, on disk, before it leaves.

            | lookups/s | for, s | p50, ms | p99, ms | p99.9, ms | most, ms | not answered | cores of the unit | MB |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """);
        int next = 1;
        foreach ((int perSecond, int seconds) in Rates)
        {
            int first = next;
            double cpu = RunPhase.ProcessorSeconds(unit);
            long begin = Stopwatch.GetTimestamp();
            (double[] times, int failed) = await OpenLoad.RunAsync(
                perSecond, TimeSpan.FromSeconds(seconds), number => asker.AskAsync(first + number));
            double cores = (RunPhase.ProcessorSeconds(unit) - cpu) / Stopwatch.GetElapsedTime(begin).TotalSeconds;
            next += perSecond * seconds;
            await report.WriteLineAsync(
                $"| {Figures.Whole(perSecond)} | {seconds} | {Figures.Percentiles(times)} | {failed} | "
                + $"{Figures.Hundredths(cores)} | {Figures.Megabytes(MemoryWatch.Read(unit.Id, "RssAnon"))} |");
        }

        await report.WriteLineAsync($"""

            The first row warms up. {Figures.Whole(asker.Found)} records were found by {Figures.Whole(asker.Asked)}
            lookups.
            """);
    }

    /// <summary>Makes lookups, each for another person, under a case of its own.</summary>
    private sealed class Asker(GrpcChannel[] channels, ByteString[] messages, string projectId, Metadata headers)
    {
        private readonly LookupService.LookupServiceClient[] _clients =
            [.. channels.Select(channel => new LookupService.LookupServiceClient(channel))];

        private long _asked;
        private long _found;

        public long Asked => Volatile.Read(ref _asked);

        public long Found => Volatile.Read(ref _found);

        public async Task<bool> AskAsync(int number)
        {
            LookupRequest request = new()
            {
                ProjectId = projectId,
                Purpose = LookupAgreement.Purpose,
                CaseReference = $"case-{number}",
                EncodedRecord = messages[number % messages.Length],
            };
            try
            {
                LookupResponse response =
                    await _clients[number % _clients.Length].LookupAsync(request, headers);
                _ = Interlocked.Increment(ref _asked);
                _ = Interlocked.Add(ref _found, response.Answers.Sum(answer => answer.Matches?.Matches.Count ?? 0));
                return true;
            }
            catch (RpcException refused)
            {
                await Console.Error.WriteLineAsync(refused.Status.ToString());
                return false;
            }
        }
    }
}
