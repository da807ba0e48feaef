namespace Linkage.Sidecar.Audit;

/// <summary>An entry as the log has it.</summary>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="Time">When.</param>
/// <param name="Event">What.</param>
/// <param name="PreviousHash">The hash of the entry before; zeros for the first.</param>
/// <param name="Line">Its line, without the line feed.</param>
internal sealed record AuditRecord(
    long Sequence, DateTimeOffset Time, AuditEvent Event, ReadOnlyMemory<byte> PreviousHash, ReadOnlyMemory<byte> Line)
{
    /// <summary>Its own hash, which the next entry names.</summary>
    public byte[] Hash { get; } = AuditChain.Next(PreviousHash.Span, Line.Span);
}
