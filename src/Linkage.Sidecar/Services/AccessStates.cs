namespace Linkage.Sidecar.Services;

/// <summary>States of a project in which a call is allowed; the default is none.</summary>
[Flags]
internal enum AccessStates
{
    /// <summary>In no state: denied.</summary>
    None = 0,

    /// <summary>The call concerns no single project.</summary>
    NoProject = 1,

    /// <summary>Parties are being invited.</summary>
    Draft = 2,

    /// <summary>Terms are proposed.</summary>
    Proposed = 4,

    /// <summary>Every party has approved the terms.</summary>
    Approved = 8,

    /// <summary>A run is at work.</summary>
    Linking = 16,

    /// <summary>A run has succeeded.</summary>
    Linked = 32,

    /// <summary>Only the project's id, name and times are left.</summary>
    Deleted = 64,

    /// <summary>Every state but <see cref="Deleted"/>.</summary>
    Live = Draft | Proposed | Approved | Linking | Linked,

    /// <summary>Every state from approval on, but <see cref="Deleted"/>.</summary>
    Agreed = Approved | Linking | Linked,

    /// <summary>Every state a project can be in.</summary>
    Every = Live | Deleted,
}
