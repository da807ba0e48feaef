namespace Linkage.Sidecar.Audit;

/// <summary>What came of checking a log.</summary>
/// <param name="LastSequence">Number of the last entry that was found sound; 0 if none was.</param>
/// <param name="SignedAt">When its head was signed; null without a sound one.</param>
/// <param name="Faults">What is wrong, each with the entry where it shows; empty if nothing is.</param>
internal sealed record AuditVerdict(long LastSequence, DateTimeOffset? SignedAt, IReadOnlyList<string> Faults)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Faults.Count == 0;
}
