using System.Collections.Frozen;
using System.Diagnostics.Metrics;

namespace Linkage.Sidecar.Telemetry;

/// <summary>The figures of the process: calls, bytes, uploads, runs.</summary>
/// <remarks>
/// A label is one of a few words known beforehand; whatever else is given becomes "other". So no id of a project, a
/// party, a run or a record can become a label, and no client can make labels without end. Thread-safe.
/// </remarks>
internal sealed class SidecarMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Linkage.Sidecar";

    /// <summary>The label of whatever is not known beforehand.</summary>
    public const string Other = "other";

    /// <summary>The canonical names of status codes (google.rpc.Code), in the order of their numbers.</summary>
    public static readonly IReadOnlyList<string> Statuses =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
        "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
        "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    /// <summary>The states that a run may be in.</summary>
    public static readonly IReadOnlyList<string> RunStates = ["queued", "running", "done", "failed", "cancelled"];

    private static readonly double[] DurationBounds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300];

    private readonly FrozenSet<string> _rpcs;
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _bytesIn;
    private readonly Counter<long> _bytesOut;
    private readonly UpDownCounter<long> _uploads;
    private readonly UpDownCounter<long> _runs;

    /// <summary>Makes the instruments.</summary>
    /// <param name="rpcs">The full names of all rpcs, "package.Service/Method"; no other becomes a label.</param>
    public SidecarMetrics(IEnumerable<string> rpcs)
    {
        _rpcs = rpcs.ToFrozenSet(StringComparer.Ordinal);
        _calls = _meter.CreateCounter<long>(
            "linkage_calls", description: "Calls that have ended, by rpc and status.");
        _durations = _meter.CreateHistogram(
            "linkage_call_duration_seconds",
            description: "How long calls took, by rpc.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBounds });
        _bytesIn = _meter.CreateCounter<long>(
            "linkage_received_bytes", description: "Bytes of messages that came in, by rpc.");
        _bytesOut = _meter.CreateCounter<long>(
            "linkage_sent_bytes", description: "Bytes of messages that went out, by rpc.");
        _uploads = _meter.CreateUpDownCounter<long>(
            "linkage_active_uploads", description: "Uploads under way.");
        _runs = _meter.CreateUpDownCounter<long>(
            "linkage_runs", description: "Runs by state.");
    }

    /// <summary>The meter, for who listens to this process's figures.</summary>
    public Meter Meter => _meter;

    /// <summary>Notes a call that has ended.</summary>
    /// <param name="rpc">The full name of the rpc.</param>
    /// <param name="status">The number of its status code.</param>
    /// <param name="elapsed">How long it took.</param>
    public void CallEnded(string rpc, int status, TimeSpan elapsed)
    {
        KeyValuePair<string, object?> label = RpcLabel(rpc);
        string word = status >= 0 && status < Statuses.Count ? Statuses[status] : Other;
        _calls.Add(1, label, new KeyValuePair<string, object?>("status", word));
        _durations.Record(elapsed.TotalSeconds, label);
    }

    /// <summary>Notes bytes that came in.</summary>
    public void Received(string rpc, long bytes) => _bytesIn.Add(bytes, RpcLabel(rpc));

    /// <summary>Notes bytes that went out.</summary>
    public void Sent(string rpc, long bytes) => _bytesOut.Add(bytes, RpcLabel(rpc));

    /// <summary>Notes an upload that begins (1) or ends (-1).</summary>
    public void UploadsChanged(int change) => _uploads.Add(change);

    /// <summary>Notes a run that changes its state.</summary>
    /// <param name="from">The state it leaves; null for a new run.</param>
    /// <param name="to">The state it enters; null for a run that is deleted.</param>
    public void RunMoved(string? from, string? to)
    {
        if (from is not null)
        {
            _runs.Add(-1, StateLabel(from));
        }

        if (to is not null)
        {
            _runs.Add(1, StateLabel(to));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> StateLabel(string state) =>
        new("state", RunStates.Contains(state, StringComparer.Ordinal) ? state : Other);

    private KeyValuePair<string, object?> RpcLabel(string rpc) => new("rpc", _rpcs.Contains(rpc) ? rpc : Other);
}
