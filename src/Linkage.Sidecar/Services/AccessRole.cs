namespace Linkage.Sidecar.Services;

/// <summary>What a caller is, as far as access is concerned.</summary>
internal enum AccessRole
{
    /// <summary>Nobody the process knows.</summary>
    Anonymous = 0,

    /// <summary>An owner of records.</summary>
    Party,

    /// <summary>Who starts runs at the unit, and reads what the terms give to the unit.</summary>
    Analyst,

    /// <summary>Who keeps the process running.</summary>
    Operator,

    /// <summary>Who looks at what was done, and changes nothing.</summary>
    Auditor,
}
