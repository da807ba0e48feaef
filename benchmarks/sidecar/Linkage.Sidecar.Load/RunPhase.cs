using System.Diagnostics;
using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.V1;

namespace Linkage.Sidecar.Load;

/// <summary>Preflight, run and download of the two files.</summary>
internal static class RunPhase
{
    private const int Downloads = 5;
    private const string LargeParty = "health";

    /// <summary>Holds what the preflight says against what the run takes, then reads the results.</summary>
    public static async Task RunAsync(LoadOptions options, UnitProcess unit, string projectId, TextWriter report)
    {
        using GrpcChannel channel = Connections.Plain(unit.Plain);
        Metadata analyst = Connections.Token(options.Home, "analyst");
        PreflightEstimates said = await PreflightAsync(channel, unit, projectId, analyst, report);
        long before = MemoryWatch.Read(unit.Id, "RssAnon");
        await using MemoryWatch running = new(unit.Id);
        LinkageService.LinkageServiceClient linkage = new(channel);
        double cpu = ProcessorSeconds(unit);
        Run run = await LinkAsync(linkage, projectId, analyst);
        cpu = ProcessorSeconds(unit) - cpu;
        TimeSpan took = run.EndTime.ToDateTime() - run.StartTime.ToDateTime();
        double expected = said.Time.ToTimeSpan().TotalSeconds;
        long memory = running.PeakOwn - before;
        await report.WriteLineAsync($"""
            | time of the run, s | {Figures.Tenths(expected)} | {Figures.Tenths(took.TotalSeconds)} |
            | processor time of the run, s | | {Figures.Tenths(cpu)} |
            | memory beyond the files, MB | {Figures.Megabytes(said.MemoryBytes)} | {Figures.Megabytes(memory)} |
            """);
        await DownloadAsync(linkage, run.Id, Connections.Token(options.Home, LargeParty), report);
    }

    /// <summary>Processor time of a unit since it was started.</summary>
    public static double ProcessorSeconds(UnitProcess unit)
    {
        using var process = Process.GetProcessById(unit.Id);
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static async Task<PreflightEstimates> PreflightAsync(
        GrpcChannel channel, UnitProcess unit, string projectId, Metadata analyst, TextWriter report)
    {
        await using MemoryWatch memory = new(unit.Id);
        long begin = Stopwatch.GetTimestamp();
        PreflightResponse preflight = await new ExchangeService.ExchangeServiceClient(channel).PreflightAsync(
            new PreflightRequest { ProjectId = projectId }, analyst);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        await report.WriteLineAsync($"""

            ## Preflight and run

            Both files; {Figures.Whole(preflight.Estimates.Pairs)} pairs, each counted in every pass that it meets in.
            The run's memory is what it has more than before it.

            | what | preflight says | measured |
            | --- | --- | --- |
            | time of the preflight, s | | {Figures.Tenths(seconds)} |
            | memory of the preflight, MB | | {Figures.Megabytes(memory.PeakOwn)} |
            """);
        return preflight.Estimates;
    }

    /// <summary>Links a project's files.</summary>
    public static async Task<Run> LinkAsync(
        LinkageService.LinkageServiceClient linkage, string projectId, Metadata analyst)
    {
        StartRunRequest start = new()
        {
            IdempotencyKey = RandomNumberGenerator.GetHexString(32, lowercase: true),
            ProjectId = projectId,
            Options = new RunOptions { Seed = 1 },
        };
        Run run = (await linkage.StartRunAsync(start, analyst)).Run;
        using AsyncServerStreamingCall<WatchRunResponse> watch = linkage.WatchRun(
            new WatchRunRequest { RunId = run.Id }, analyst);
        await foreach (WatchRunResponse change in watch.ResponseStream.ReadAllAsync())
        {
            run = change.Run;
        }

        return run.State == RunState.Succeeded
            ? run
            : throw new InvalidOperationException($"The run ended {run.State}.");
    }

    private static async Task DownloadAsync(
        LinkageService.LinkageServiceClient linkage, string runId, Metadata party, TextWriter report)
    {
        List<double> rows = [];
        List<double> bytes = [];
        for (int round = 0; round <= Downloads; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            long rowCount = 0;
            long byteCount = 0;
            using AsyncServerStreamingCall<StreamOwnLinksResponse> links = linkage.StreamOwnLinks(
                new StreamOwnLinksRequest { RunId = runId }, party);
            await foreach (StreamOwnLinksResponse part in links.ResponseStream.ReadAllAsync())
            {
                rowCount += part.Links.Count;
                byteCount += part.CalculateSize();
            }

            if (round > 0)
            {
                double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                rows.Add(rowCount / seconds);
                bytes.Add(byteCount / 1e6 / seconds);
            }
        }

        await report.WriteLineAsync($"""

            ## Download

            `StreamOwnLinks` of the large file's party, {Downloads} times after a warm-up; median (least to most). The
            client reads every row as a message of the contract, on the same cores.

            | rows/s | MB/s |
            | --- | --- |
            | {Figures.Spread(rows)} | {Figures.Spread(bytes)} |
            """);
    }
}
