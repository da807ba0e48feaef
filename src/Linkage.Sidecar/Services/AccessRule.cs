namespace Linkage.Sidecar.Services;

/// <summary>Why a row of the access table allows or denies; the sentences are in <see cref="AccessRules"/>.</summary>
internal enum AccessRule
{
    /// <summary>Denied: no row speaks of the call.</summary>
    Unlisted = 0,

    /// <summary>Denied: the caller is nobody the process knows.</summary>
    NotIdentified,

    /// <summary>Denied: only the owner whose process it is may.</summary>
    OwnerSide,

    /// <summary>Denied: the unit's analyst does this.</summary>
    UnitDecides,

    /// <summary>Denied: each party does this for itself.</summary>
    PartyDecides,

    /// <summary>Denied: it would tell a party something of another one's records.</summary>
    NothingOfOthers,

    /// <summary>Denied: it is for the party whose records they are.</summary>
    ToThePartyAlone,

    /// <summary>Denied: the operator takes no part in projects.</summary>
    OperatorKeepsOut,

    /// <summary>Denied: the operator never sees results.</summary>
    OperatorNoResults,

    /// <summary>Denied: the auditor changes nothing and sees no results.</summary>
    AuditorReadsFacts,

    /// <summary>Denied: it is about the process.</summary>
    OperatorOnly,

    /// <summary>Denied: what happened is told to auditors and to whom it concerns.</summary>
    AuditorsWork,

    /// <summary>Allowed: the owner in its own process.</summary>
    OwnProcess,

    /// <summary>Allowed: a new project with the caller as its member.</summary>
    NewProject,

    /// <summary>Allowed: in projects the caller is a member of.</summary>
    OwnProject,

    /// <summary>Allowed: in the caller's own name only.</summary>
    Itself,

    /// <summary>Allowed: uploads of the caller only.</summary>
    OwnUploads,

    /// <summary>Allowed: what the terms give to a party about its own records.</summary>
    OwnRecords,

    /// <summary>Allowed: what the terms give to the unit.</summary>
    AgreedOutput,

    /// <summary>Allowed: facts of every project or of the process, without results.</summary>
    FactsOnly,

    /// <summary>Allowed: to keep the process running.</summary>
    Operates,

    /// <summary>Allowed: for the caller itself and for those who see no results either.</summary>
    NoWayToResults,

    /// <summary>Allowed: as far as the agreement lets each party answer for the purpose.</summary>
    AgreedPurpose,

    /// <summary>Allowed: entries that the caller made, or that disclose its records.</summary>
    OwnEntries,
}
