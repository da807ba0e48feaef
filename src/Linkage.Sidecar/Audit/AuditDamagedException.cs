namespace Linkage.Sidecar.Audit;

/// <summary>The audit log is not what was written; the message says where.</summary>
internal sealed class AuditDamagedException : IOException
{
    /// <summary>Says where, and what.</summary>
    /// <param name="place">The file.</param>
    /// <param name="sequence">The number of the entry at fault.</param>
    /// <param name="fault">What is wrong with it.</param>
    public AuditDamagedException(string place, long sequence, string fault)
        : base($"{place}: {fault}")
    {
        Sequence = sequence;
    }

    /// <summary>The number of the entry at fault; 0 if it is no single one.</summary>
    public long Sequence { get; }
}
