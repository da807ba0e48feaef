using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Projects, their parties, terms and approvals. Thread-safe.</summary>
/// <remarks>
/// An approval is of one version of the terms, and the version names the circle of parties too: new terms and a new
/// party both put a new version in force, which everyone must approve before data are accepted again.
/// </remarks>
internal sealed partial class ProjectStore
{
    private readonly StoreDatabase _database;
    private readonly StoreRemoval _removal;
    private readonly RunPulse _pulse;
    private readonly TimeProvider _time;

    public ProjectStore(StoreDatabase database, StoreRemoval removal, RunPulse pulse, TimeProvider time)
    {
        _database = database;
        _removal = removal;
        _pulse = pulse;
        _time = time;
    }

    /// <summary>The project; null if there is none.</summary>
    public Project? Find(string id) => _database.Read(connection => ProjectRows.Find(connection, id));

    /// <summary>Creates a project without terms; repeated, gives the one created before.</summary>
    public Task<Project> CreateAsync(
        string name, IReadOnlyCollection<string> parties, IdempotentRequest request, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string[] names = [.. parties.Distinct(StringComparer.Ordinal)];
        return _database.WriteAsync(
            connection =>
            {
                if (IdempotencyRows.Find(connection, request) is { } known)
                {
                    return ProjectRows.Require(connection, known);
                }

                string id = StoreIds.Create();
                ProjectRows.Insert(connection, id, name, createdBy: string.Empty, _time.Now());
                Array.ForEach(names, party => ProjectRows.InsertParty(connection, id, party));
                IdempotencyRows.Insert(connection, request, id, id);
                return ProjectRows.Require(connection, id);
            },
            cancellation);
    }

    /// <summary>
    /// Adds a party; the terms get a new version, since every approval was given to a smaller circle. One that is there
    /// already changes nothing.
    /// </summary>
    /// <exception cref="StoreRefusedException">The party has withdrawn, or the project is closed.</exception>
    public Task<Project> InviteAsync(string projectId, string party, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(party);
        return ChangeAsync(
            projectId,
            (connection, project) =>
            {
                Party? known = project.Parties.FirstOrDefault(other => other.Name == party);
                if (known is { State: PartyState.Withdrawn })
                {
                    throw new StoreRefusedException(StoreRefusal.WrongState, "The party has withdrawn.");
                }

                if (known is null)
                {
                    ProjectRows.Move(connection, project, ProjectState.Proposed);
                    ProjectRows.InsertParty(connection, projectId, party);
                    if (project.Terms is not null)
                    {
                        ProjectRows.InsertTerms(connection, project, project.Terms, project.ProposedBy, _time.Now());
                    }
                }
            },
            cancellation);
    }

    /// <summary>Puts terms in force; every party must approve them. The same terms again change nothing.</summary>
    /// <exception cref="StoreRefusedException">The project is closed.</exception>
    public Task<Project> ProposeAsync(string projectId, ProjectTerms terms, CancellationToken cancellation) =>
        ChangeAsync(
            projectId,
            (connection, project) =>
            {
                if (project.Terms != terms)
                {
                    ProjectRows.Move(connection, project, ProjectState.Proposed);
                    ProjectRows.InsertTerms(connection, project, terms, proposedBy: string.Empty, _time.Now());
                }
            },
            cancellation);

    /// <summary>Notes a party's approval; the last one makes the project agreed.</summary>
    /// <exception cref="StoreRefusedException">
    /// The version is not in force, or there is no such party, or the project is closed.
    /// </exception>
    public Task<Project> ApproveAsync(
        string projectId, string party, int termsVersion, CancellationToken cancellation) =>
        ChangeAsync(
            projectId,
            (connection, project) =>
            {
                Party approving = ProjectRows.RequireParty(project, party);
                if (project.Terms is null || project.TermsVersion != termsVersion)
                {
                    throw new StoreRefusedException(
                        StoreRefusal.Stale, $"Terms {termsVersion} are not in force.");
                }

                ProjectRows.Move(connection, project, project.State); // a closed project takes no approval
                ProjectRows.MoveParty(connection, projectId, approving, PartyState.Active);
                connection.Execute(
                    """
                    INSERT INTO approvals (project_id, party, version, approved_at)
                    VALUES ($project, $party, $version, $now) ON CONFLICT DO NOTHING
                    """,
                    ("$project", projectId),
                    ("$party", party),
                    ("$version", termsVersion),
                    ("$now", _time.Now()));
                AgreeIfAllApprove(connection, projectId);
            },
            cancellation);

    /// <summary>
    /// Ends a party's part: its files, its uploads and every result they went into are removed, and runs that use them
    /// are cancelled. Repeated, does nothing.
    /// </summary>
    /// <exception cref="StoreRefusedException">There is no such project or party.</exception>
    public async Task WithdrawAsync(string projectId, string party, CancellationToken cancellation)
    {
        await ChangeAsync(
            projectId,
            (connection, project) =>
            {
                Party? leaving = project.Parties.FirstOrDefault(known => known.Name == party)
                    ?? throw new StoreRefusedException(
                        StoreRefusal.NotFound, "There is no such party in the project.");
                if (leaving.State != PartyState.Withdrawn)
                {
                    ProjectRows.MoveParty(connection, projectId, leaving, PartyState.Withdrawn);
                    long now = _time.Now();
                    DeletionRows.Note(
                        connection,
                        projectId,
                        (DeletionReason.PartyWithdrawn, string.Empty),
                        now,
                        () => RemovalRows.MarkParty(connection, projectId, party, now));
                    AgreeIfAllApprove(connection, projectId);
                }
            },
            cancellation);
        _pulse.Beat();
        await _removal.FinishAsync();
    }

    /// <summary>Accepts nothing more; queued and running runs are cancelled. Repeated, does nothing.</summary>
    /// <exception cref="StoreRefusedException">There is no such project.</exception>
    public async Task<Project> CloseAsync(string projectId, CancellationToken cancellation)
    {
        Project closed = await ChangeAsync(
            projectId,
            (connection, project) =>
            {
                if (project.State != ProjectState.Closed)
                {
                    ProjectRows.Move(connection, project, ProjectState.Closed);
                    RemovalRows.EndWork(connection, projectId, _time.Now());
                }
            },
            cancellation);
        _pulse.Beat();
        await _removal.FinishAsync();
        return closed;
    }

    /// <summary>Removes the project with all it holds. It is gone for everyone once this is on disk.</summary>
    /// <exception cref="StoreRefusedException">There is no such project.</exception>
    public async Task DeleteAsync(string projectId, CancellationToken cancellation)
    {
        await _database.WriteAsync(
            connection =>
            {
                Project project = ProjectRows.Require(connection, projectId);
                ProjectRows.Move(connection, project, ProjectState.Deleting);
                MarkDeleted(connection, projectId, _time.Now());
            },
            cancellation);
        _pulse.Beat();
        await _removal.FinishAsync();
    }

    private static void AgreeIfAllApprove(SqliteConnection connection, string projectId)
    {
        Project project = ProjectRows.Require(connection, projectId);
        Party[] remaining = [.. project.Parties.Where(party => party.State != PartyState.Withdrawn)];
        bool all = remaining.Length > 0 && remaining.All(party => party.Approval is not null);
        if (all && project.State == ProjectState.Proposed)
        {
            ProjectRows.Move(connection, project, ProjectState.Agreed);
        }
    }

    private Task<Project> ChangeAsync(
        string projectId, Action<SqliteConnection, Project> change, CancellationToken cancellation) =>
        _database.WriteAsync(
            connection =>
            {
                change(connection, ProjectRows.Require(connection, projectId));
                ProjectRows.Touch(connection, projectId, _time.Now());
                return ProjectRows.Require(connection, projectId);
            },
            cancellation);
}
