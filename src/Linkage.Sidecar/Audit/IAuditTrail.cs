namespace Linkage.Sidecar.Audit;

/// <summary>The audit log as services see it. Thread-safe.</summary>
internal interface IAuditTrail
{
    /// <summary>Appends events, together and in order; they are on disk when this returns.</summary>
    /// <returns>The number of the last of them in the log.</returns>
    /// <exception cref="IOException">They could not be written: then nothing may be told or done.</exception>
    ValueTask<long> AppendAsync(IReadOnlyList<AuditEvent> events);
}
