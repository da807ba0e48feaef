using System.Diagnostics;
using Linkage.Bloom;

namespace Linkage.Sidecar.Telemetry;

/// <summary>Makes of an attempt at a run figures and spans, one for each stage. Thread-safe.</summary>
internal sealed class RunTelemetry : IDisposable
{
    private const string SpanName = "linkage.run";

    private readonly SidecarMetrics? _metrics;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly long _began;
    private readonly Activity? _span;
    private string _stage;
    private long _stageBegan;
    private Activity? _stageSpan;

    /// <summary>The attempt begins, with its first stage.</summary>
    /// <param name="metrics">Where figures go; null for nowhere.</param>
    /// <param name="time">The clock.</param>
    /// <param name="attempt">How often the run was begun.</param>
    public RunTelemetry(SidecarMetrics? metrics, TimeProvider time, int attempt)
    {
        _metrics = metrics;
        _time = time;
        _began = time.GetTimestamp();
        _span = SidecarTraces.Begin(
            SpanName,
            ActivityKind.Internal,
            parent: null,
            new KeyValuePair<string, object?>("linkage.attempt", attempt));
        _stage = SidecarMetrics.Stages[0];
        BeginStage(_stage);
    }

    /// <summary>How it ends; stopped unless somebody says better.</summary>
    public RunWord Outcome { get; set; }

    /// <summary>Tells this of the progress and then another.</summary>
    public IProgress<StageProgress> Before(IProgress<StageProgress> other) => new Relay(this, other);

    /// <summary>Notes what was linked.</summary>
    public void Linked(long records, long pairs) => _metrics?.Linked(records, pairs);

    /// <summary>The attempt has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            EndStage();
        }

        _metrics?.RunEnded(Outcome, _time.GetElapsedTime(_began));
        _span?.SetTag("linkage.outcome", Outcome.ToString().ToLowerInvariant());
        _span?.SetStatus(Outcome == RunWord.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        _span?.Dispose();
    }

    private void Note(string stage)
    {
        lock (_gate)
        {
            if (stage != _stage)
            {
                EndStage();
                BeginStage(stage);
            }
        }
    }

    private void BeginStage(string stage)
    {
        _stage = stage;
        _stageBegan = _time.GetTimestamp();
        _stageSpan = _span is null
            ? null
            : SidecarTraces.Source.StartActivity(
                $"{SpanName}.{SidecarMetrics.StageOf(stage)}", ActivityKind.Internal, _span.Context);
    }

    private void EndStage()
    {
        _metrics?.StageEnded(_stage, _time.GetElapsedTime(_stageBegan));
        _stageSpan?.Dispose();
    }

    private sealed class Relay(RunTelemetry own, IProgress<StageProgress> other) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            own.Note(value.Stage);
            other.Report(value);
        }
    }
}
