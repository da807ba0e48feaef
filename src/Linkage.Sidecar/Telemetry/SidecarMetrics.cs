using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Label = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Linkage.Sidecar.Telemetry;

/// <summary>The figures of the process: calls, identities, limits, uploads, runs, encodings, the store.</summary>
/// <remarks>
/// <para>Names and labels of calls are those of the semantic conventions of OpenTelemetry for RPC
/// (opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics); the others begin with <c>linkage</c>.</para>
/// <para>A label is one of a few words known beforehand; whatever else is given becomes <see cref="Other"/>. So no id
/// of a project, a party, a run or a record can become a label, and no client can make labels without end.
/// Thread-safe.</para>
/// </remarks>
internal sealed class SidecarMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Linkage.Sidecar";

    /// <summary>The label of whatever is not known beforehand, as the conventions have it.</summary>
    public const string Other = "_OTHER";

    /// <summary>Which rpc.</summary>
    public const string MethodLabel = "rpc.method";

    /// <summary>Which family of protocols.</summary>
    public const string SystemLabel = "rpc.system.name";

    /// <summary>How a call ended.</summary>
    public const string StatusLabel = "rpc.response.status_code";

    /// <summary>The canonical names of status codes (google.rpc.Code), in the order of their numbers.</summary>
    public static readonly IReadOnlyList<string> Statuses =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
        "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
        "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    /// <summary>The stages of a run, as linking reports them, after the first, in which files are opened.</summary>
    public static readonly IReadOnlyList<string> Stages =
        ["opening", "comparing", "estimating", "clustering", "writing"];

    // The conventions advise these for calls; a run takes from a second to a day.
    private static readonly double[] CallBounds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private static readonly double[] RunBounds = [0.1, 1, 10, 60, 300, 900, 1800, 3600, 7200, 14400, 43200, 86400];

    private static readonly string[] SystemNames = ["grpc", "connectrpc"];

    private readonly FrozenDictionary<string, RpcFigures> _rpcs;
    private readonly RpcFigures _others = new(Other);
    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _calls;
    private readonly Counter<long> _identities;
    private readonly Counter<long> _limits;
    private readonly Counter<long> _uploadBytes;
    private readonly Counter<long> _uploads;
    private readonly Histogram<double> _runs;
    private readonly Histogram<double> _stages;
    private readonly Counter<long> _runRecords;
    private readonly Counter<long> _runPairs;
    private readonly Counter<long> _ownerRecords;

    /// <summary>Makes the instruments.</summary>
    /// <param name="rpcs">The full names of all rpcs, "package.Service/Method"; no other becomes a label.</param>
    public SidecarMetrics(IEnumerable<string> rpcs)
    {
        _rpcs = RpcFigures.ByPath(rpcs);
        _calls = Histogram("rpc.server.call.duration", "How long calls took, by rpc and status.", CallBounds);
        _meter.CreateObservableUpDownCounter(
            "linkage.rpc.active", () => Observe(rpc => rpc.Active), "{call}", "Calls under way, by rpc.");
        _meter.CreateObservableCounter(
            "linkage.rpc.received", () => Observe(rpc => rpc.Received), "By", "Bytes of messages in, by rpc.");
        _meter.CreateObservableCounter(
            "linkage.rpc.sent", () => Observe(rpc => rpc.Sent), "By", "Bytes of messages out, by rpc.");
        _identities = Counter(
            "linkage.identity.refused", "{call}", "Calls of nobody known, by the credential they came with.");
        _limits = Counter("linkage.limit.refused", "{call}", "Calls refused for being over a limit, by limit.");
        _uploadBytes = Counter("linkage.upload.received", "By", "Bytes of uploads acknowledged.");
        _uploads = Counter("linkage.upload.ended", "{upload}", "Uploads that have ended, by outcome.");
        _runs = Histogram("linkage.run.duration", "How long attempts at runs took, by outcome.", RunBounds);
        _stages = Histogram("linkage.run.stage.duration", "How long stages of runs took, by stage.", RunBounds);
        _runRecords = Counter("linkage.run.records", "{record}", "Records linked.");
        _runPairs = Counter("linkage.run.pairs", "{pair}", "Candidate pairs compared.");
        _ownerRecords = Counter("linkage.owner.records", "{record}", "Records to encode, by what became of them.");
    }

    /// <summary>The meter, for who listens to this process's figures.</summary>
    public Meter Meter => _meter;

    /// <summary>What an rpc adds up to; one that is not known goes with all others.</summary>
    /// <param name="path">"/package.Service/Method".</param>
    public RpcFigures FiguresOf(string path) => _rpcs.GetValueOrDefault(path, _others);

    /// <summary>The canonical name of a status code.</summary>
    public static string StatusOf(int code) => code >= 0 && code < Statuses.Count ? Statuses[code] : Other;

    /// <summary>The name of the protocol, as the conventions have it.</summary>
    public static string SystemOf(bool isConnect) => SystemNames[isConnect ? 1 : 0];

    /// <summary>Notes how long a call took.</summary>
    public void CallEnded(RpcFigures rpc, bool isConnect, int status, TimeSpan elapsed)
    {
        if (_calls.Enabled)
        {
            _calls.Record(
                elapsed.TotalSeconds,
                rpc.Label,
                new Label(StatusLabel, StatusOf(status)),
                new Label(SystemLabel, SystemOf(isConnect)));
        }
    }

    /// <summary>Notes a call of nobody known.</summary>
    public void IdentityRefused(CredentialWord credential) =>
        _identities.Add(1, new Label("credential", Word(credential)));

    /// <summary>Notes a call over a limit.</summary>
    public void LimitRefused(LimitWord limit) => _limits.Add(1, new Label("limit", Word(limit)));

    /// <summary>Notes bytes of an upload that are acknowledged.</summary>
    public void UploadAcknowledged(long bytes) => _uploadBytes.Add(bytes);

    /// <summary>Notes uploads that have ended.</summary>
    public void UploadsEnded(UploadWord outcome, int count = 1) =>
        _uploads.Add(count, new Label("outcome", Word(outcome)));

    /// <summary>Notes an attempt at a run that has ended.</summary>
    public void RunEnded(RunWord outcome, TimeSpan elapsed) =>
        _runs.Record(elapsed.TotalSeconds, new Label("outcome", Word(outcome)));

    /// <summary>Notes a stage of a run that has ended.</summary>
    public void StageEnded(string stage, TimeSpan elapsed) =>
        _stages.Record(elapsed.TotalSeconds, new Label("stage", StageOf(stage)));

    /// <summary>The stage as a label or the name of a span.</summary>
    public static string StageOf(string stage) => Stages.Contains(stage, StringComparer.Ordinal) ? stage : Other;

    /// <summary>Notes what was linked.</summary>
    public void Linked(long records, long pairs)
    {
        _runRecords.Add(records);
        _runPairs.Add(pairs);
    }

    /// <summary>Notes records that an owner was given.</summary>
    public void RecordsGiven(long encoded, long refused)
    {
        _ownerRecords.Add(encoded, new Label("outcome", "encoded"));
        _ownerRecords.Add(refused, new Label("outcome", "refused"));
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    // A value of an enum that has no name would print a number.
    private static string Word<T>(T word)
        where T : struct, Enum => Enum.GetName(word)?.ToLowerInvariant() ?? Other;

    private Counter<long> Counter(string name, string unit, string description) =>
        _meter.CreateCounter<long>(name, unit, description);

    private Histogram<double> Histogram(string name, string description, double[] bounds) => _meter.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    // An rpc that nobody has called has no line.
    private IEnumerable<Measurement<long>> Observe(Func<RpcFigures, long> figure) =>
        from rpc in _rpcs.Values.Append(_others)
        where rpc.Active > 0 || rpc.Received > 0 || rpc.Sent > 0
        select new Measurement<long>(figure(rpc), rpc.Label);
}
