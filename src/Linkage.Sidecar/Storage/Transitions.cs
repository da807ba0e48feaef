namespace Linkage.Sidecar.Storage;

/// <summary>The one place that says which state may follow which.</summary>
internal static class Transitions
{
    /// <summary>New terms or a new party take an agreed project back; nothing brings a closed one back.</summary>
    public static StateTable<ProjectState> OfProject { get; } = new(
        "project",
        (ProjectState.Proposed, ProjectState.Proposed),
        (ProjectState.Proposed, ProjectState.Agreed),
        (ProjectState.Proposed, ProjectState.Closed),
        (ProjectState.Proposed, ProjectState.Deleting),
        (ProjectState.Agreed, ProjectState.Agreed),
        (ProjectState.Agreed, ProjectState.Proposed),
        (ProjectState.Agreed, ProjectState.Closed),
        (ProjectState.Agreed, ProjectState.Deleting),
        (ProjectState.Closed, ProjectState.Deleting));

    /// <summary>A withdrawn party stays so: coming back is a project of its own.</summary>
    public static StateTable<PartyState> OfParty { get; } = new(
        "party",
        (PartyState.Invited, PartyState.Active),
        (PartyState.Invited, PartyState.Withdrawn),
        (PartyState.Active, PartyState.Active),
        (PartyState.Active, PartyState.Withdrawn));

    /// <summary>An upload is received, then kept or not.</summary>
    public static StateTable<UploadState> OfUpload { get; } = new(
        "upload",
        (UploadState.Receiving, UploadState.Receiving),
        (UploadState.Receiving, UploadState.Complete),
        (UploadState.Receiving, UploadState.Discarded),
        (UploadState.Receiving, UploadState.Expired));

    /// <summary>
    /// A run whose process has ended goes back to the queue. What has ended stays so, but for results taken back
    /// because a party whose data are in them has withdrawn.
    /// </summary>
    public static StateTable<RunState> OfRun { get; } = new(
        "run",
        (RunState.Queued, RunState.Running),
        (RunState.Queued, RunState.Cancelled),
        (RunState.Running, RunState.Running),
        (RunState.Running, RunState.Queued),
        (RunState.Running, RunState.Done),
        (RunState.Running, RunState.Failed),
        (RunState.Running, RunState.Cancelled),
        (RunState.Done, RunState.Cancelled));
}
