using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <content>Changes in the name of somebody, and what remains after deletion.</content>
internal sealed partial class ProjectStore
{
    /// <summary>The project, or what remains of it; null if there never was one.</summary>
    public Project? FindEver(string id) => _database.Read(connection => FindEver(connection, id));

    /// <summary>A page of projects, in the order in which they were made.</summary>
    public IReadOnlyList<Project> Page(ProjectFilter filter, ListCursor after, int limit) => _database.Read(
        connection => connection.Query(
            """
            SELECT id FROM (
                SELECT id, created_at FROM projects
                WHERE state <> $deleting AND ($creator IS NULL OR created_by = $creator)
                    AND ($party IS NULL OR EXISTS (
                        SELECT 1 FROM parties
                        WHERE project_id = projects.id AND parties.name = $party AND parties.state <> $withdrawn))
                UNION ALL
                SELECT id, created_at FROM deleted_projects
                WHERE $deleted AND ($creator IS NULL OR created_by = $creator)
                    AND ($party IS NULL OR EXISTS (
                        SELECT 1 FROM deleted_members WHERE project_id = deleted_projects.id AND party = $party)))
            WHERE (created_at, id) > ($at, $id) ORDER BY created_at, id LIMIT $limit
            """,
            row => FindEver(connection, row.GetString(0))!,
            ("$deleting", (int)ProjectState.Deleting),
            ("$creator", filter.Creator),
            ("$party", filter.Party),
            ("$withdrawn", (int)PartyState.Withdrawn),
            ("$deleted", filter.WithDeleted ? 1 : 0),
            ("$at", after.CreatedAt),
            ("$id", after.Id),
            ("$limit", limit)));

    /// <summary>
    /// Creates a project of an analyst's, without terms and parties; repeated, gives the one created before, or what
    /// remains of it.
    /// </summary>
    public Task<Project> CreateForAsync(
        string name, string creator, IdempotentRequest request, CancellationToken cancellation) =>
        _database.WriteAsync(
            connection =>
            {
                if (IdempotencyRows.Find(connection, request) is { } known)
                {
                    return RequireEver(connection, known);
                }

                string id = StoreIds.Create();
                ProjectRows.Insert(connection, id, name, creator, _time.Now());
                IdempotencyRows.Insert(connection, request, id, id);
                return ProjectRows.Require(connection, id);
            },
            cancellation);

    /// <summary>Adds a party to a project without terms.</summary>
    /// <exception cref="StoreRefusedException">Terms are proposed, or the party has withdrawn.</exception>
    public Task<Project> InviteOnceAsync(
        string projectId, string party, IdempotentRequest request, CancellationToken cancellation) =>
        ChangeOnceAsync(
            projectId,
            request,
            (connection, project) =>
            {
                Party? known = project.Parties.FirstOrDefault(other => other.Name == party);
                Require(project.Terms is null, "Terms are proposed.");
                Require(known is not { State: PartyState.Withdrawn }, "The party has withdrawn.");
                if (known is null)
                {
                    ProjectRows.InsertParty(connection, projectId, party);
                }
            },
            cancellation);

    /// <summary>Puts terms in force in somebody's name; the same terms again change nothing.</summary>
    /// <exception cref="StoreRefusedException">Every party has approved already, or there is none.</exception>
    public Task<Project> ProposeOnceAsync(
        string projectId,
        ProjectTerms terms,
        string proposer,
        IdempotentRequest request,
        CancellationToken cancellation) =>
        ChangeOnceAsync(
            projectId,
            request,
            (connection, project) =>
            {
                Require(project.State == ProjectState.Proposed || project.Terms is null, "The terms are agreed on.");
                Require(project.Parties.Any(party => party.State != PartyState.Withdrawn), "No party is invited.");
                if (project.Terms != terms)
                {
                    ProjectRows.Move(connection, project, ProjectState.Proposed);
                    ProjectRows.InsertTerms(connection, project, terms, proposer, _time.Now());
                }
            },
            cancellation);

    /// <summary>
    /// Ends a party's part as <see cref="WithdrawAsync"/> does; every run and result of the project goes, too, and its
    /// terms are void, since all of it rested on a larger circle. Repeated, does nothing.
    /// </summary>
    /// <exception cref="StoreRefusedException">There is no such project or party.</exception>
    public async Task<Project> LeaveAsync(string projectId, string party, CancellationToken cancellation)
    {
        Project left = await ChangeAsync(
            projectId,
            (connection, project) =>
            {
                Party leaving = project.Parties.FirstOrDefault(known => known.Name == party)
                    ?? throw new StoreRefusedException(
                        StoreRefusal.NotFound, "There is no such party in the project.");
                if (leaving.State != PartyState.Withdrawn)
                {
                    ProjectRows.MoveParty(connection, projectId, leaving, PartyState.Withdrawn);
                    long now = _time.Now();
                    DeletionRows.Note(connection, projectId, (DeletionReason.PartyWithdrawn, string.Empty), now, () =>
                    {
                        RemovalRows.MarkParty(connection, projectId, party, now);
                        RemovalRows.EndRuns(connection, projectId, now);
                    });
                    ProjectRows.Move(connection, project, ProjectState.Proposed);
                    ProjectRows.VoidTerms(connection, projectId);
                }
            },
            cancellation);
        _pulse.Beat();
        await _removal.FinishAsync();
        return left;
    }

    /// <summary>
    /// Removes the project as <see cref="DeleteAsync"/> does, but for its name and times. Repeatable.
    /// </summary>
    /// <exception cref="StoreRefusedException">There never was such a project.</exception>
    public async Task<Project> EraseAsync(string projectId, CancellationToken cancellation)
    {
        Project erased = await _database.WriteAsync(
            connection =>
            {
                if (DeletedProjects.Find(connection, projectId) is { } gone)
                {
                    return gone;
                }

                Project project = ProjectRows.Require(connection, projectId);
                ProjectRows.Move(connection, project, ProjectState.Deleting);
                MarkDeleted(connection, projectId, _time.Now());
                DeletedProjects.Insert(connection, project, _time.Now());
                return DeletedProjects.Find(connection, projectId)!;
            },
            cancellation);
        _pulse.Beat();
        await _removal.FinishAsync();
        return erased;
    }

    private static void MarkDeleted(SqliteConnection connection, string projectId, long now)
    {
        RemovalRows.EndWork(connection, projectId, now);
        DeletionRows.Note(
            connection,
            projectId,
            (DeletionReason.ProjectDeleted, string.Empty),
            now,
            () => RemovalRows.MarkAll(connection, projectId));
    }

    private static Project? FindEver(SqliteConnection connection, string id) =>
        DeletedProjects.Find(connection, id) ?? ProjectRows.Find(connection, id);

    private static Project RequireEver(SqliteConnection connection, string id) =>
        FindEver(connection, id)
        ?? throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such project.");

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new StoreRefusedException(StoreRefusal.WrongState, otherwise);
        }
    }

    private Task<Project> ChangeOnceAsync(
        string projectId,
        IdempotentRequest request,
        Action<SqliteConnection, Project> change,
        CancellationToken cancellation) =>
        _database.WriteAsync(
            connection =>
            {
                Project project = ProjectRows.Require(connection, projectId);
                if (IdempotencyRows.Find(connection, request) is not null)
                {
                    return project;
                }

                change(connection, project);
                IdempotencyRows.Insert(connection, request, projectId, projectId);
                ProjectRows.Touch(connection, projectId, _time.Now());
                return ProjectRows.Require(connection, projectId);
            },
            cancellation);
}
