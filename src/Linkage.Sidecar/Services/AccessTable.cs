using System.Collections.Frozen;
using Linkage.V1;

namespace Linkage.Sidecar.Services;

/// <summary>Who may make which call in which state of a project: <c>docs/access.md</c> for the program.</summary>
/// <remarks>
/// What is not listed is denied. A row that allows is necessary, not sufficient: its rule says what else has to hold,
/// above all that the project and what is asked for are the caller's own.
/// </remarks>
internal static partial class AccessTable
{
    private static readonly FrozenDictionary<(string Rpc, AccessRole Role), AccessRow> ByCall =
        ListRows().ToFrozenDictionary(row => (row.Rpc, row.Role));

    /// <summary>All rows, in the order of the page.</summary>
    public static IReadOnlyList<AccessRow> Rows { get; } = [.. ListRows()];

    /// <summary>
    /// The services outside the table, which answer everybody: whether the process serves, and what the contract is.
    /// </summary>
    public static IReadOnlyList<string> OpenServices { get; } =
    [
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
    ];

    /// <summary>What a role may do with a call.</summary>
    /// <param name="rpc">The call's full name, with or without the slash that gRPC puts before it.</param>
    /// <param name="role">The caller's role.</param>
    /// <returns>The row; one that denies if the call is not listed.</returns>
    public static AccessRow Find(string rpc, AccessRole role)
    {
        string name = rpc.StartsWith('/') ? rpc[1..] : rpc;
        return ByCall.TryGetValue((name, role), out AccessRow? row)
            ? row
            : new AccessRow(name, role, AccessStates.None, AccessRule.Unlisted);
    }

    /// <summary>The state of a project as the table has it.</summary>
    /// <returns>None for a value that is no state, so that nothing is allowed.</returns>
    public static AccessStates StateOf(ProjectState state) => state switch
    {
        ProjectState.Draft => AccessStates.Draft,
        ProjectState.Proposed => AccessStates.Proposed,
        ProjectState.Approved => AccessStates.Approved,
        ProjectState.Linking => AccessStates.Linking,
        ProjectState.Linked => AccessStates.Linked,
        ProjectState.Deleted => AccessStates.Deleted,
        _ => AccessStates.None,
    };
}
