namespace Linkage.Sidecar.Identity;

/// <summary>What a caller is to the projects.</summary>
[Flags]
internal enum CallerRoles
{
    /// <summary>Nothing; every access is refused.</summary>
    None = 0,

    /// <summary>An agency that takes part: sees its own records' answers only.</summary>
    Party = 1,

    /// <summary>Looks at how well a project is linked.</summary>
    Analyst = 2,

    /// <summary>Keeps the process running; never sees results.</summary>
    Operator = 4,

    /// <summary>Reads what was done and by whom; never sees results.</summary>
    Auditor = 8,
}
