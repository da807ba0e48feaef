using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Grpc.Core;
using Linkage.Bloom;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Telemetry;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.Sidecar.Tests.Transport;
using Linkage.V1;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Services.Operations;

public sealed class CallTelemetryTests : IDisposable
{
    private const string Rpc = "linkage.v1.ProjectService/GetProject";
    private const string Canary = "Zanzibarov";

    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly Channel<Activity> _ended = Channel.CreateUnbounded<Activity>();
    private readonly ActivityListener _listener;

    public CallTelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SidecarTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Call_CallersSpan_IsTheParentOfOneThatHoldsNoValue()
    {
        var trace = ActivityTraceId.CreateRandom();
        var parent = ActivitySpanId.CreateRandom();
        await using UnitHost host = await UnitHost.StartAsync();
        CallOptions options = host.As("health");
        options.Headers!.Add("traceparent", $"00-{trace}-{parent}-01");
        options.Headers.Add("tracestate", $"vendor={Canary}");
        options.Headers.Add("baggage", $"name={Canary}");

        await UnitHost.RefusalAsync(host.Projects().GetProjectAsync(
            new GetProjectRequest { ProjectId = Canary }, options));
        Activity span = await WaitForAsync(one => one.TraceId == trace);

        Assert.Equal((Rpc, ActivityKind.Server, parent), (span.OperationName, span.Kind, span.ParentSpanId));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal(
            ["rpc.method=" + Rpc, "rpc.response.status_code=NOT_FOUND", "rpc.system.name=grpc"],
            span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        Assert.Null(span.TraceStateString);
        Assert.Empty(span.Baggage);
        Assert.Empty(span.Events);
    }

    [Theory]
    [InlineData("00-Zanzibarov-00-01")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public void Begin_ParentThatIsNone_BeginsATraceOfItsOwn(string header)
    {
        using Activity? span = SidecarTraces.Begin("test", ActivityKind.Server, header);

        Assert.Equal(default, span!.ParentSpanId);
        Assert.NotEqual(default, span.TraceId);
    }

    [Fact]
    public async Task Run_Stages_AreChildrenOfTheAttempt()
    {
        using SidecarMetrics metrics = new([]);
        using PrometheusCollector collector = new(metrics.Meter);
        Progress progress = new();
        ActivityTraceId trace;
        using (RunTelemetry telemetry = new(metrics, TimeProvider.System, attempt: 2))
        {
            trace = Activity.Current!.TraceId;
            IProgress<StageProgress> both = telemetry.Before(progress);
            both.Report(new StageProgress("comparing", 0, 2));
            both.Report(new StageProgress("comparing", 1, 2));
            both.Report(new StageProgress(Canary, 1, 1));
            telemetry.Outcome = RunWord.Done;
        }

        Activity run = await WaitForAsync(span => span.TraceId == trace && span.OperationName == "linkage.run");
        Activity[] stages = [.. _spans.Where(span => span.TraceId == trace && span != run)];

        Assert.Equal(3, progress.Count);
        Assert.Equal(
            ["linkage.run.opening", "linkage.run.comparing", "linkage.run._OTHER"],
            stages.Select(stage => stage.OperationName));
        Assert.All(stages, stage => Assert.Equal(run.SpanId, stage.ParentSpanId));
        Assert.Equal(
            ["linkage.attempt=2", "linkage.outcome=done"], run.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.DoesNotContain(Canary, collector.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_CallThatIsRefused_IsOneLineWithRoleAndWithoutName()
    {
        using CollectedLog log = new();
        await using (UnitHost host = await UnitHost.StartAsync(
            log, options => options with { Logging = new LoggingOptions { Level = LogLevel.Debug } }))
        {
            await host.Projects().ListProjectsAsync(new ListProjectsRequest(), host.As("schools"));
            await UnitHost.RefusalAsync(host.Projects().GetProjectAsync(
                new GetProjectRequest { ProjectId = Canary }, host.As("schools")));
            await UnitHost.RefusalAsync(host.Projects().GetProjectAsync(
                new GetProjectRequest { ProjectId = Canary },
                new CallOptions(new Metadata { { "authorization", $"Bearer {Canary}" } })));
        }

        Assert.Equal(
            [LogLevel.Debug, LogLevel.Information, LogLevel.Information],
            [
                Level(@"^linkage\.v1\.ProjectService/ListProjects ended with OK after [0-9.,]+ ms; role Party\.$"),
                Level(@"/GetProject ended with NOT_FOUND after [0-9.,]+ ms; role Party\.$"),
                Level(@"/GetProject ended with UNAUTHENTICATED after [0-9.,]+ ms; role Anonymous\.$"),
            ]);
        Assert.All(log.Lines, line => Assert.DoesNotContain("schools", line.Text, StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain(Canary, line.Text, StringComparison.Ordinal));

        LogLevel Level(string pattern) => log.Lines.Single(line => Regex.IsMatch(line.Text, pattern)).Level;
    }

    private async Task<Activity> WaitForAsync(Func<Activity, bool> isIt)
    {
        using CancellationTokenSource deadline = new(Waiting.Patience);
        return await _ended.Reader.ReadAllAsync(deadline.Token).FirstAsync(isIt, deadline.Token);
    }

    private void Keep(Activity span)
    {
        _spans.Enqueue(span);
        Assert.True(_ended.Writer.TryWrite(span));
    }

    private sealed class Progress : IProgress<StageProgress>
    {
        public int Count { get; private set; }

        public void Report(StageProgress value) => Count++;
    }
}
