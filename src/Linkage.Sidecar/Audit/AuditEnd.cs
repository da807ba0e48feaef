namespace Linkage.Sidecar.Audit;

/// <summary>Where a log ends.</summary>
/// <param name="Sequence">Number of the last entry; 0 if there is none.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Segment">Number of the first entry of the last segment; 0 if there is no segment.</param>
/// <param name="SegmentLength">Bytes of whole lines in it.</param>
internal sealed record AuditEnd(long Sequence, ReadOnlyMemory<byte> Hash, long Segment, long SegmentLength)
{
    /// <summary>The end of a log without entries.</summary>
    public static AuditEnd OfNothing { get; } = new(0, AuditChain.Beginning.ToArray(), 0, 0);
}
