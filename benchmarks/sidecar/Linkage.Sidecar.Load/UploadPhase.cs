using Grpc.Net.Client;

namespace Linkage.Sidecar.Load;

/// <summary>Uploads of the large file without and with TLS, and of the small one.</summary>
internal static class UploadPhase
{
    private const string LargeParty = "health";
    private const string SmallParty = "benefits";

    /// <summary>Uploads; the large file of the last time and the small one stay.</summary>
    public static async Task RunAsync(LoadOptions options, UnitProcess unit, string projectId, TextWriter report)
    {
        long size = new FileInfo(options.Large).Length;
        await report.WriteLineAsync($"""

            ## Upload

            {Figures.Megabytes(size)} MB in chunks of 1 MiB with CRC-32C, one stream. *Acknowledged*: every chunk
            checked, written, fsynced and noted in the database. *Complete*: then SHA-256 of the whole, structure and
            checksums of the encoded file, rename. Memory is of the server, from the first byte to the end; *mapped* is
            page cache of the file that it looks at, and counts in the peak.

            | transport | MB/s acknowledged | MB/s complete | peak RSS, MB | of it own | mapped |
            | --- | --- | --- | --- | --- | --- |
            """);
        using (GrpcChannel plain = Connections.Plain(unit.Plain))
        {
            Exchange health = new(plain, Connections.Token(options.Home, LargeParty));
            await MeasureAsync("HTTP/2", health, options.Large, unit, projectId, report);
            await health.DiscardAsync();
            Exchange benefits = new(plain, Connections.Token(options.Home, SmallParty));
            await benefits.SendAsync(options.Small, projectId);
        }

        using GrpcChannel tls = Connections.Tls(unit.Tls, options.Home, LargeParty);
        await MeasureAsync("mutual TLS", new Exchange(tls, []), options.Large, unit, projectId, report);
    }

    private static async Task MeasureAsync(
        string transport, Exchange party, string path, UnitProcess unit, string projectId, TextWriter report)
    {
        await using MemoryWatch memory = new(unit.Id);
        (TimeSpan acknowledged, TimeSpan complete) = await party.SendAsync(path, projectId);
        double size = new FileInfo(path).Length / 1e6;
        await report.WriteLineAsync(
            $"| {transport} | {Figures.Whole(size / acknowledged.TotalSeconds)} "
            + $"| {Figures.Whole(size / complete.TotalSeconds)} | {Figures.Megabytes(memory.Peak)} "
            + $"| {Figures.Megabytes(memory.PeakOwn)} | {Figures.Megabytes(memory.PeakMapped)} |");
    }
}
