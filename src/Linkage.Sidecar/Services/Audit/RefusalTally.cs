using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>Counts refusals that come as often as the caller likes. Thread-safe.</summary>
/// <remarks>
/// The first one is noted at once, then one entry a minute: for each listener where the caller is unknown, for each
/// caller and call where it is known.
/// </remarks>
internal sealed class RefusalTally
{
    /// <summary>How far two entries that count the same are apart.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly Dictionary<(string Actor, string Action, string Outcome), Tally> _tallies = [];
    private readonly Lock _gate = new();

    /// <summary>Counts from now on.</summary>
    public RefusalTally(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Counts a refusal of a known caller.</summary>
    /// <returns>The entry that is due, for this one and those counted before; null if none is.</returns>
    public AuditEvent? Count(AuditEvent refusal) => CountAs(refusal with { ProjectId = "", Clause = "" });

    /// <summary>Counts a refusal of somebody unknown.</summary>
    /// <returns>The entry that is due, for this one and those counted before; null if none is.</returns>
    public AuditEvent? Count(AuditEvent refusal, ListenerKind listener) =>
        Count(refusal with { Action = $"listener/{listener.ToString().ToLowerInvariant()}" });

    /// <summary>The entries for all that was counted and not noted.</summary>
    public IReadOnlyList<AuditEvent> TakeAll()
    {
        lock (_gate)
        {
            return [.. _tallies.Values.Where(tally => tally.Pending > 0).Select(tally => tally.Take())];
        }
    }

    private AuditEvent? CountAs(AuditEvent entry)
    {
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            (string, string, string) key = (entry.Actor, entry.Action, entry.Outcome);
            if (!_tallies.TryGetValue(key, out Tally? tally))
            {
                tally = new Tally(entry);
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
