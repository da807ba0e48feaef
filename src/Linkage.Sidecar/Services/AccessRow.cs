namespace Linkage.Sidecar.Services;

/// <summary>What one role may do with one call.</summary>
/// <param name="Rpc">Full name of the call, such as <c>linkage.v1.ProjectService/GetProject</c>.</param>
/// <param name="Role">The caller's role.</param>
/// <param name="States">The states of the project in which it is allowed; none if it is denied.</param>
/// <param name="Rule">Why, and what else has to hold: the call's own code sees to that.</param>
internal sealed record AccessRow(string Rpc, AccessRole Role, AccessStates States, AccessRule Rule)
{
    /// <summary>Whether there is a state in which the role may make the call.</summary>
    public bool IsEverAllowed => States != AccessStates.None;

    /// <summary>Whether the role may make the call while the project is in this state.</summary>
    /// <param name="state">A single state; <see cref="AccessStates.NoProject"/> for a call about no single one.</param>
    public bool Allows(AccessStates state) => (States & state) != AccessStates.None;
}
