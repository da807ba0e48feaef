using Grpc.Core;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using PartyState = Linkage.Sidecar.Storage.PartyState;
using Project = Linkage.Sidecar.Storage.Project;

namespace Linkage.Sidecar.Services.Unit.Projects;

/// <summary>
/// Projects of the unit: parties, terms, approvals. The gate has checked who calls, on what, and when.
/// </summary>
internal sealed class ProjectService : V1.ProjectService.ProjectServiceBase
{
    private const int LongestName = 200;

    private readonly ProjectStore _projects;
    private readonly SidecarOptions _options;

    /// <summary>Serves over a store; safe to use from several threads.</summary>
    public ProjectService(UnitStore store, SidecarOptions options)
    {
        _projects = store.Projects;
        _options = options;
    }

    /// <inheritdoc/>
    public override async Task<CreateProjectResponse> CreateProject(
        CreateProjectRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        new FieldChecks()
            .That(request.Name.Length is > 0 and <= LongestName, "name", "1 to 200 characters.")
            .Require();
        Project project = await _projects.CreateForAsync(
            request.Name,
            caller.Name,
            Idempotency.Of(caller, context.Method, request.IdempotencyKey, request),
            context.CancellationToken);
        return new CreateProjectResponse { Project = ProjectViews.Of(project, withTexts: true) };
    }

    /// <inheritdoc/>
    public override Task<GetProjectResponse> GetProject(GetProjectRequest request, ServerCallContext context)
    {
        CallTarget target = CallFacts.TargetOf(context);
        return Task.FromResult(new GetProjectResponse
        {
            Project = target.IsPartOf
                ? ProjectViews.Of(target.Project, withTexts: true)
                : ProjectViews.NameAndState(target.Project),
        });
    }

    /// <inheritdoc/>
    public override Task<ListProjectsResponse> ListProjects(ListProjectsRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        ListProjectsRequest question = new() { IncludeDeleted = request.IncludeDeleted };
        int size = Paging.SizeOf(request.PageSize);
        ProjectFilter filter = new(
            caller.Party,
            AccessPolicy.RoleOf(caller) == AccessRole.Analyst ? caller.Name : null,
            request.IncludeDeleted);
        IReadOnlyList<Project> found = _projects.Page(
            filter, Paging.Read(request.PageToken, caller, question), size + 1);
        ListProjectsResponse page = new();
        page.Projects.AddRange(found.Take(size).Select(project => ProjectViews.Of(project, withTexts: false)));
        if (found.Count > size)
        {
            Project last = found[size - 1];
            page.NextPageToken = Paging.Write(ListCursor.After(last.CreatedAt, last.Id), caller, question);
        }

        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override async Task<InvitePartyResponse> InviteParty(InvitePartyRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        CallTarget target = CallFacts.TargetOf(context);
        bool isKnown = target.IsRepeated || _options.Principals.Any(
            principal => principal.Role == CallerRoles.Party && principal.Name == request.Party);
        if (!isKnown)
        {
            throw Refusals.Unknown("party");
        }

        Project project = await _projects.InviteOnceAsync(
            target.Project.Id,
            request.Party,
            Idempotency.Of(caller, context.Method, request.IdempotencyKey, request),
            context.CancellationToken);
        return new InvitePartyResponse { Project = ProjectViews.Of(project, withTexts: true) };
    }

    /// <inheritdoc/>
    public override async Task<ProposeTermsResponse> ProposeTerms(
        ProposeTermsRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        Project project = await _projects.ProposeOnceAsync(
            CallFacts.TargetOf(context).Project.Id,
            TermsReader.Read(request.Terms),
            caller.Name,
            Idempotency.Of(caller, context.Method, request.IdempotencyKey, request),
            context.CancellationToken);
        return new ProposeTermsResponse { Project = ProjectViews.Of(project, withTexts: true) };
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The digest is compared with that of the terms the gate has seen, and the store takes the approval only if their
    /// version is still in force: nobody approves what was not shown to it.
    /// </remarks>
    public override async Task<ApproveTermsResponse> ApproveTerms(
        ApproveTermsRequest request, ServerCallContext context)
    {
        Project seen = CallFacts.TargetOf(context).Project;
        if (seen.Terms is null || TermsDigest.Of(seen, seen.Terms) != request.TermsDigest)
        {
            throw Refusals.Unmet(ErrorReason.WrongState, "terms", "The digest is not that of the terms proposed.");
        }

        Project project = await _projects.ApproveAsync(
            seen.Id, CallFacts.CallerOf(context).Party!, seen.TermsVersion, context.CancellationToken);
        return new ApproveTermsResponse { Project = ProjectViews.Of(project, withTexts: true) };
    }

    /// <inheritdoc/>
    public override async Task<WithdrawPartyResponse> WithdrawParty(
        WithdrawPartyRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        CallTarget target = CallFacts.TargetOf(context);
        if (caller.Party is { } own && own != request.Party)
        {
            throw Refusals.Of(
                ErrorReason.RoleNotAllowed,
                AccessRules.Sentence(AccessRule.Itself),
                [("rule", AccessRules.Name(AccessRule.Itself))]);
        }

        if (target.Project.Parties.All(party => party.Name != request.Party))
        {
            throw Refusals.Unknown("party");
        }

        Project project = await _projects.LeaveAsync(target.Project.Id, request.Party, context.CancellationToken);
        bool isOut = project.Parties.Any(
            party => party.Name == caller.Party && party.State == PartyState.Withdrawn);
        return new WithdrawPartyResponse
        {
            Project = isOut ? ProjectViews.NameAndState(project) : ProjectViews.Of(project, withTexts: true),
        };
    }

    /// <inheritdoc/>
    public override async Task<DeleteProjectResponse> DeleteProject(
        DeleteProjectRequest request, ServerCallContext context)
    {
        Project seen = CallFacts.TargetOf(context).Project;
        if (request.Name != seen.Name)
        {
            throw Refusals.BadField("name", "Not the project's name.");
        }

        Project erased = await _projects.EraseAsync(seen.Id, context.CancellationToken);
        return new DeleteProjectResponse { Project = ProjectViews.Of(erased, withTexts: false) };
    }
}
