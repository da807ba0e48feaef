namespace Linkage.Sidecar.Storage;

/// <summary>Where a party of a project stands. The numbers are stored and never change their meaning.</summary>
internal enum PartyState
{
    /// <summary>Named by the project, has approved nothing yet.</summary>
    Invited = 0,

    /// <summary>Has approved terms at least once.</summary>
    Active = 1,

    /// <summary>Has left; none of its data are kept.</summary>
    Withdrawn = 2,
}
