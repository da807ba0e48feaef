namespace Linkage.Sidecar.Storage;

/// <summary>Where a project stands. The numbers are stored and never change their meaning.</summary>
internal enum ProjectState
{
    /// <summary>Not every party has approved the terms in force; no data are accepted.</summary>
    Proposed = 0,

    /// <summary>Every party that takes part has approved the terms in force.</summary>
    Agreed = 1,

    /// <summary>Nothing more is accepted; results may still be fetched.</summary>
    Closed = 2,

    /// <summary>Being removed: to callers the project no longer exists.</summary>
    Deleting = 3,
}
