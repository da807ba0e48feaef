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
        long begin = Stopwatch.GetTimestamp();
        long before = MemoryWatch.Read(unit.Id, "RssAnon");
        PreflightResponse preflight;
        long preflightMemory;
        await using (MemoryWatch memory = new(unit.Id))
        {
            preflight = await new ExchangeService.ExchangeServiceClient(channel).PreflightAsync(
                new PreflightRequest { ProjectId = projectId }, analyst);
            preflightMemory = memory.PeakOwn;
        }

        TimeSpan checking = Stopwatch.GetElapsedTime(begin);
        before = Math.Max(before, MemoryWatch.Read(unit.Id, "RssAnon"));
        await using MemoryWatch running = new(unit.Id);
        LinkageService.LinkageServiceClient linkage = new(channel);
        Run run = await LinkAsync(linkage, projectId, analyst);
        TimeSpan took = run.EndTime.ToDateTime() - run.StartTime.ToDateTime();
        PreflightEstimates said = preflight.Estimates;
        double perCore = said.Pairs / (took.TotalSeconds * Environment.ProcessorCount);
        await report.WriteLineAsync($"""

            ## Preflight and run

            Both files; {Figures.Whole(said.Pairs)} pairs, each counted in every pass that it meets in.

            | what | preflight says | measured |
            | --- | --- | --- |
            | preflight | | {Figures.Tenths(checking.TotalSeconds)} s, {Figures.Megabytes(preflightMemory)} MB own memory |
            | time of the run | {Figures.Tenths(said.Time.ToTimeSpan().TotalSeconds)} s | {Figures.Tenths(took.TotalSeconds)} s, {Figures.Whole(perCore)} pairs a second and core |
            | memory beyond the files | {Figures.Megabytes(said.MemoryBytes)} MB | {Figures.Megabytes(running.PeakOwn - before)} MB more than before |
            """);
        await DownloadAsync(linkage, run.Id, Connections.Token(options.Home, LargeParty), report);
    }

    private static async Task<Run> LinkAsync(
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
