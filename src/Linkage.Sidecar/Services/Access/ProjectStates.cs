using Linkage.Sidecar.Storage;
using Contract = Linkage.V1.ProjectState;
using Stored = Linkage.Sidecar.Storage.ProjectState;

namespace Linkage.Sidecar.Services.Access;

/// <summary>The state of a stored project as the contract has it.</summary>
internal static class ProjectStates
{
    /// <summary>The state; unspecified, in which nothing is allowed, for one the contract does not know.</summary>
    public static Contract Of(Project project) => project switch
    {
        { State: Stored.Deleting } => Contract.Deleted,
        { State: Stored.Closed } => Contract.Unspecified,
        { Terms: null } => Contract.Draft,
        { State: Stored.Proposed } => Contract.Proposed,
        { Work: ProjectWork.UnderWay } => Contract.Linking,
        { Work: ProjectWork.HasResults } => Contract.Linked,
        _ => Contract.Approved,
    };

    /// <summary>The name of a state, as in the access table.</summary>
    public static string NameOf(Contract state) => state.ToString().ToUpperInvariant();
}
