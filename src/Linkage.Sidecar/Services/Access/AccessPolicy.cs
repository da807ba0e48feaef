using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using Project = Linkage.Sidecar.Storage.Project;
using Rule = Linkage.Sidecar.Services.AccessRule;
using Run = Linkage.Sidecar.Storage.Run;
using Upload = Linkage.Sidecar.Storage.Upload;

namespace Linkage.Sidecar.Services.Access;

/// <summary>
/// Decides by the access table, and by whose project, upload and run it is. What it does not know it denies.
/// </summary>
/// <remarks>Thread-safe. The checks are made in the order of <c>docs/access.md</c>, so no refusal tells too
/// much.</remarks>
internal sealed class AccessPolicy
{
    private readonly UnitStore? _store;

    /// <summary>Decides.</summary>
    /// <param name="store">The unit's store; null in an owner's process, which has no projects.</param>
    public AccessPolicy(UnitStore? store)
    {
        _store = store;
    }

    /// <summary>The row that lets the caller's role make a call.</summary>
    /// <exception cref="Grpc.Core.RpcException">The caller is nobody, or its role may never make it.</exception>
    public static AccessRow RequireRole(string rpc, Caller caller)
    {
        AccessRole role = RoleOf(caller);
        if (role == AccessRole.Anonymous)
        {
            throw Refusals.Of(ErrorReason.NotIdentified, "The caller is not identified.");
        }

        AccessRow row = AccessTable.Find(rpc, role);
        return row.IsEverAllowed
            ? row
            : throw Refusals.Of(
                ErrorReason.RoleNotAllowed,
                AccessRules.Sentence(row.Rule),
                [("rule", AccessRules.Name(row.Rule))]);
    }

    /// <summary>What a request is about, once it is known that the caller may ask for it.</summary>
    /// <returns>Null for a call about no single project.</returns>
    /// <remarks>The state is not asked of a call that was carried out before: its answer got lost on the way.</remarks>
    /// <exception cref="Grpc.Core.RpcException">
    /// It is none of the caller's, or in a state that does not allow it.
    /// </exception>
    /// <exception cref="StoreRefusedException">The idempotency key was used for another content.</exception>
    public CallTarget? RequireTarget(AccessRow row, Caller caller, IMessage request)
    {
        if (row.Allows(AccessStates.NoProject))
        {
            return null;
        }

        CallTarget? target = Find(request);
        if (target is null || !IsOwn(row, caller, target))
        {
            throw Refusals.Unknown(KindOf(request));
        }

        V1.ProjectState state = ProjectStates.Of(target.Project);
        bool isAllowed = row.Allows(AccessTable.StateOf(state));
        bool isRepeated = state != V1.ProjectState.Deleted && IsRepeated(row, caller, request);
        return isAllowed || isRepeated
            ? target with { IsPartOf = !HasWithdrawn(caller, target.Project), IsRepeated = isRepeated }
            : throw WrongState(state);
    }

    /// <summary>What the caller is, as the table has it; whoever is not exactly one thing is nobody.</summary>
    public static AccessRole RoleOf(Caller caller) => caller.Roles switch
    {
        CallerRoles.Party => AccessRole.Party,
        CallerRoles.Analyst => AccessRole.Analyst,
        CallerRoles.Operator => AccessRole.Operator,
        CallerRoles.Auditor => AccessRole.Auditor,
        _ => AccessRole.Anonymous,
    };

    private static Grpc.Core.RpcException WrongState(V1.ProjectState state)
    {
        string name = ProjectStates.NameOf(state);
        string message = string.Create(CultureInfo.InvariantCulture, $"The project is in state {name}.");
        Google.Rpc.PreconditionFailure failure = new();
        failure.Violations.Add(new Google.Rpc.PreconditionFailure.Types.Violation
        {
            Type = Refusals.NameOf(ErrorReason.WrongState),
            Subject = "project",
            Description = message,
        });
        return Refusals.Of(ErrorReason.WrongState, message, [("state", name)], failure);
    }

    private static bool IsOwn(AccessRow row, Caller caller, CallTarget target) => row.Rule switch
    {
        Rule.FactsOnly or Rule.Operates => true,
        Rule.OwnProject or Rule.Itself or Rule.OwnRecords or Rule.AgreedOutput or Rule.AgreedPurpose
            => IsMember(row, caller, target.Project),
        Rule.OwnUploads => IsMember(row, caller, target.Project)
            && (target.Upload is null || target.Upload.Party == caller.Party),
        _ => false,
    };

    private static bool IsMember(AccessRow row, Caller caller, Project project) => row.Role switch
    {
        AccessRole.Analyst => project.CreatedBy.Length > 0 && project.CreatedBy == caller.Name,
        AccessRole.Party => project.Parties.Any(party => party.Name == caller.Party)
            && (!HasWithdrawn(caller, project) || IsOpenToWithdrawn(row)),
        _ => false,
    };

    // A repeated withdrawal is answered as the first was.
    private static bool IsOpenToWithdrawn(AccessRow row) =>
        row.Rpc is "linkage.v1.ProjectService/GetProject" or "linkage.v1.ProjectService/WithdrawParty";

    private static bool HasWithdrawn(Caller caller, Project project) =>
        caller.Party is { } name
        && project.Parties.Any(party => party.Name == name && party.State == Storage.PartyState.Withdrawn);

    private static string KindOf(IMessage request) =>
        IdIn(request, "run_id") is not null ? "run"
        : IdIn(request, "upload_id") is { Length: > 0 } ? "upload"
        : "project";

    private static string? IdIn(IMessage request, string field) =>
        request.Descriptor.FindFieldByName(field) is { FieldType: FieldType.String, IsRepeated: false } found
            ? (string)found.Accessor.GetValue(request)
            : null;

    private bool IsRepeated(AccessRow row, Caller caller, IMessage request) =>
        IdIn(request, "idempotency_key") is { } key
        && Idempotency.IsSound(key)
        && _store!.IsAnswered(Idempotency.Of(caller, $"/{row.Rpc}", key, request));

    // Ids that contradict each other are no project's.
    private CallTarget? Find(IMessage request)
    {
        if (_store is null)
        {
            return null;
        }

        Upload? upload = IdIn(request, "upload_id") is { Length: > 0 } uploadId ? _store.Uploads.Find(uploadId) : null;
        Run? run = IdIn(request, "run_id") is { Length: > 0 } runId ? _store.Runs.Find(runId) : null;
        bool isKnown = (upload is not null || IdIn(request, "upload_id") is null or "")
            && (run is not null || IdIn(request, "run_id") is null or "");
        string? projectId = IdIn(request, "project_id") ?? upload?.ProjectId ?? run?.ProjectId;
        bool agrees = (upload is null || upload.ProjectId == projectId) && (run is null || run.ProjectId == projectId);
        return isKnown && agrees && projectId is { Length: > 0 } && _store.Projects.FindEver(projectId) is { } project
            ? new CallTarget(project, upload, run, IsPartOf: true)
            : null;
    }
}
