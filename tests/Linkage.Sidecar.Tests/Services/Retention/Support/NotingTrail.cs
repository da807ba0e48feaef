using Linkage.Sidecar.Audit;

namespace Linkage.Sidecar.Tests.Services.Retention.Support;

/// <summary>An audit log in memory, whose disk can be full.</summary>
internal sealed class NotingTrail : IAuditTrail
{
    public List<AuditEvent> Events { get; } = [];

    public bool IsFull { get; set; }

    public ValueTask<long> AppendAsync(IReadOnlyList<AuditEvent> events)
    {
        if (IsFull)
        {
            throw new IOException("full");
        }

        Events.AddRange(events);
        return ValueTask.FromResult((long)Events.Count);
    }
}
