using Grpc.Core;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Telemetry;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Holds every caller to its lookups a second, and stops those whose lookups look like probing.</summary>
/// <remarks>
/// Callers are known by name, so memory is bounded by the configuration. What was seen is forgotten with the process.
/// Thread-safe.
/// </remarks>
internal sealed class ProbingGuard
{
    private readonly LookupOptions _options;
    private readonly TimeProvider _time;
    private readonly IAuditTrail _audit;
    private readonly ILogger<ProbingGuard> _logger;
    private readonly SidecarMetrics? _metrics;
    private readonly Dictionary<string, ProbingWindow> _windows = [];
    private readonly Lock _gate = new();

    public ProbingGuard(
        LookupOptions options,
        TimeProvider time,
        IAuditTrail audit,
        ILogger<ProbingGuard> logger,
        SidecarMetrics? metrics = null)
    {
        _options = options;
        _time = time;
        _audit = audit;
        _logger = logger;
        _metrics = metrics;
    }

    /// <summary>Lets a number of lookups begin.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="lookups">How many records are asked about.</param>
    /// <exception cref="RpcException">The caller has had enough of them, or is stopped.</exception>
    public void Require(Caller caller, int lookups)
    {
        bool isStopped;
        bool hasRoom;
        lock (_gate)
        {
            ProbingWindow window = WindowOf(caller);
            isStopped = window.IsStopped;
            hasRoom = isStopped || window.TryTake(lookups);
        }

        if (isStopped)
        {
            _metrics?.LimitRefused(LimitWord.Probing);
            throw Stopped(); // the gate counts it: an entry for each would fill the log as fast as the caller asks
        }

        if (!hasRoom)
        {
            _metrics?.LimitRefused(LimitWord.Lookups);
            throw Refusals.OverLimit("caller", "Lookups a second.", "The caller looks up too many records.");
        }
    }

    /// <summary>Notes lookups before they are answered: a batch that is probing by itself is told nothing.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="template">The call, as the audit log has it.</param>
    /// <param name="asked">What was asked, and whether anybody was found.</param>
    /// <exception cref="RpcException">The caller is stopped from now on; an alert is in the audit log.</exception>
    public async Task NoteAsync(
        Caller caller, AuditEvent template, IReadOnlyList<(QuerySketch Sketch, bool IsKnown)> asked)
    {
        ProbingSign sign = ProbingSign.None;
        lock (_gate)
        {
            ProbingWindow window = WindowOf(caller);
            for (int i = 0; i < asked.Count && sign == ProbingSign.None; i++)
            {
                // A batch is one use of its case reference.
                sign = window.Note(
                    asked[i].Sketch, i == 0 ? template.CaseReference : null, asked[i].IsKnown);
            }
        }

        if (sign != ProbingSign.None)
        {
            _logger.ProbingSuspected(caller.Name, sign);
            _metrics?.LimitRefused(LimitWord.Probing);
            _ = await _audit.AppendAsync(
            [
                template with
                {
                    Kind = AuditKind.Alert,
                    Outcome = Refusals.NameOf(ErrorReason.ProbingSuspected),
                    Counts = new Dictionary<string, long> { [SignNames[sign]] = 1 },
                },
            ]);
            throw Stopped();
        }
    }

    private static readonly Dictionary<ProbingSign, string> SignNames = new()
    {
        [ProbingSign.NeverMatching] = "never_matching",
        [ProbingSign.NearIdentical] = "near_identical",
        [ProbingSign.OneCase] = "one_case",
    };

    private static RpcException Stopped() => Refusals.Of(
        ErrorReason.ProbingSuspected, "The lookups look like probing; they are stopped for a while.");

    private ProbingWindow WindowOf(Caller caller)
    {
        if (!_windows.TryGetValue(caller.Name, out ProbingWindow? window))
        {
            _windows.Add(caller.Name, window = new ProbingWindow(_options, _time));
        }

        return window;
    }
}
