using Linkage.Sidecar.Audit;

namespace Linkage.Sidecar.Tests.Services.Lookup.Support;

/// <summary>An audit log in memory.</summary>
internal sealed class RememberedAudit : IAuditTrail
{
    private readonly List<AuditEvent> _events = [];

    public bool IsFull { get; set; }

    public IReadOnlyList<AuditEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public ValueTask<long> AppendAsync(IReadOnlyList<AuditEvent> events)
    {
        lock (_events)
        {
            if (IsFull)
            {
                throw new IOException("full");
            }

            _events.AddRange(events);
            return ValueTask.FromResult((long)_events.Count);
        }
    }
}
