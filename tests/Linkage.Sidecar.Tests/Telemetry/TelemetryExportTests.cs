using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Linkage.Sidecar.Telemetry;
using Linkage.Sidecar.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Linkage.Sidecar.Tests.Telemetry;

public sealed class TelemetryExportTests
{
    [Fact]
    public async Task Flush_CollectorThatListens_ReceivesFiguresAndTraces()
    {
        ConcurrentDictionary<string, string> received = new();
        await using RunningHost collector = await RunningHost.StartAsync(
            RunningHost.Options, app => app.MapPost("/v1/{signal}", context => KeepAsync(context, received)));
        using SidecarMetrics metrics = new([]);
        using TelemetryExport export = new(collector.Address());

        metrics.UploadAcknowledged(1);
        using (Activity? span = SidecarTraces.Source.StartActivity("linkage.v1.Test/Call"))
        {
            Assert.NotNull(span);
        }

        Assert.True(export.Flush());
        Assert.Contains("linkage.upload.received", received["metrics"], StringComparison.Ordinal);
        Assert.Contains("linkage.v1.Test/Call", received["traces"], StringComparison.Ordinal);
    }

    private static async Task KeepAsync(HttpContext context, ConcurrentDictionary<string, string> received)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        string signal = (string)context.Request.RouteValues["signal"]!;
        string text = Encoding.Latin1.GetString(body.ToArray());
        received.AddOrUpdate(signal, text, (_, earlier) => earlier + text);
        context.Response.StatusCode = (int)HttpStatusCode.OK;
    }
}
