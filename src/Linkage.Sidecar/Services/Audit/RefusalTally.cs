using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>Counts refusals that come as often as the caller likes: one entry a minute for each source. Thread-safe.
/// </summary>
/// <remarks>The first one is noted at once; sources are listeners for unknown callers, and names for known ones.</remarks>
internal sealed class RefusalTally
{
    /// <summary>How far two entries of one source are apart.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly Dictionary<(string Source, string Outcome), Tally> _tallies = [];
    private readonly Lock _gate = new();

    /// <summary>Counts from now on.</summary>
    public RefusalTally(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Counts a refusal.</summary>
    /// <returns>The entry that is due, for this one and those counted before; null if none is.</returns>
    public AuditEvent? Count(AuditEvent refusal, Caller caller, ListenerKind listener)
    {
        string source = caller.Name.Length > 0 ? $"caller {caller.Name}" : $"listener {listener}";
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            (string, string) key = (source, refusal.Outcome);
            if (!_tallies.TryGetValue(key, out Tally? tally))
            {
                tally = new Tally(Entry(refusal, listener));
                _tallies.Add(key, tally);
            }

            tally.Pending++;
            if (now - tally.Noted < Interval)
            {
                return null;
            }

            tally.Noted = now;
            return tally.Take();
        }
    }

    /// <summary>The entries for all that was counted and not noted.</summary>
    public IReadOnlyList<AuditEvent> TakeAll()
    {
        lock (_gate)
        {
            return [.. _tallies.Values.Where(tally => tally.Pending > 0).Select(tally => tally.Take())];
        }
    }

    // Which call it was is another one each time.
    private static AuditEvent Entry(AuditEvent refusal, ListenerKind listener) => refusal with
    {
        Action = $"listener/{listener.ToString().ToLowerInvariant()}",
        ProjectId = "",
    };

    private sealed class Tally(AuditEvent entry)
    {
        public DateTimeOffset Noted { get; set; } = DateTimeOffset.MinValue;

        public long Pending { get; set; }

        public AuditEvent Take()
        {
            AuditEvent due = entry with { Counts = new Dictionary<string, long> { ["refused"] = Pending } };
            Pending = 0;
            return due;
        }
    }
}
