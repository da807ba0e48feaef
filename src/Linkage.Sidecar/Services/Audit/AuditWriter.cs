namespace Linkage.Sidecar.Services.Audit;

/// <summary>Who writes what a call did into the audit log. The gate always writes its own refusals.</summary>
internal enum AuditWriter
{
    /// <summary>Nobody: the call tells and does nothing that has to be proved.</summary>
    Nobody = 0,

    /// <summary>The gate: one entry, or one for each party whose records it is about.</summary>
    Gate,

    /// <summary>The service, which knows party by party what it told or refused, and under which clause.</summary>
    Service,
}
