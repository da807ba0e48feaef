namespace Linkage.Sidecar.Services.Audit;

/// <summary>Whose records a call is about.</summary>
internal enum AuditSubject
{
    /// <summary>Nobody's.</summary>
    Nobody = 0,

    /// <summary>The calling party's own.</summary>
    Caller,

    /// <summary>Those of every party of the project: an entry for each.</summary>
    EveryParty,
}
