using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Agreements of projects: versions, signatures, withdrawals, requests for release. Thread-safe.</summary>
/// <remarks>It keeps what it is given; whoever calls has read the documents and verified the signatures.</remarks>
internal sealed class AgreementStore
{
    private const int MostProposals = 1000;
    private const int MostOpenProposals = 10;
    private const int MostWaiting = 1000;

    private readonly StoreDatabase _database;
    private readonly TimeProvider _time;

    public AgreementStore(StoreDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    /// <summary>Rises with every change of the store: what was read at the same number is still so.</summary>
    public long Generation => _database.Generation;

    /// <summary>All that decides about a project's agreements.</summary>
    public AgreementFacts Read(string projectId) => _database.Read(connection => new AgreementFacts(
        ProjectRows.Find(connection, projectId),
        AgreementRows.List(connection, projectId),
        AgreementRows.Withdrawals(connection, projectId)));

    /// <summary>Puts a version before the parties; repeated, changes nothing.</summary>
    /// <exception cref="StoreRefusedException">
    /// It does not follow on the last version that every party has signed, a party is none of the project or has
    /// withdrawn, or there is no such project.
    /// </exception>
    public Task ProposeAsync(
        string projectId, AgreementPlan plan, IdempotentRequest request, CancellationToken cancellation) =>
        _database.WriteAsync(
            connection =>
            {
                Project project = ProjectRows.Require(connection, projectId);
                if (IdempotencyRows.Find(connection, request) is not null)
                {
                    return;
                }

                IReadOnlyList<AgreementVersion> versions = AgreementRows.List(connection, projectId);
                Require(versions.Count < MostProposals, "The project has had too many proposals.");
                AgreementVersion? last = versions.LastOrDefault(version => version.IsSignedByAll);
                IReadOnlyDictionary<string, DateTimeOffset> left = AgreementRows.Withdrawals(connection, projectId);
                Require(
                    plan.Version == (last?.Version ?? 0) + 1 && plan.Replaces == last?.Digest,
                    "Another version was signed by every party meanwhile.");
                Require(
                    plan.Parties.All(name => !left.ContainsKey(name)
                        && project.Parties.Any(party => party.Name == name && party.State != PartyState.Withdrawn)),
                    "A party of the document is none of the project's any more.");
                if (versions.Count == 0 || versions[^1].Digest != plan.Digest)
                {
                    MakeRoom(connection, projectId, plan, versions);
                    AgreementRows.Insert(connection, projectId, plan, _time.Now());
                }

                IdempotencyRows.Insert(connection, request, projectId, projectId);
            },
            cancellation);

    /// <summary>Keeps a signature; repeated, changes nothing.</summary>
    /// <exception cref="StoreRefusedException">
    /// There is no such version, another proposal has taken its place, or the party has withdrawn.
    /// </exception>
    public Task SignAsync(
        string projectId, string digest, string party, string text, CancellationToken cancellation) =>
        _database.WriteAsync(
            connection =>
            {
                _ = ProjectRows.Require(connection, projectId);
                IReadOnlyList<AgreementVersion> versions = AgreementRows.List(connection, projectId);
                AgreementVersion version = versions.FirstOrDefault(one => one.Digest == digest)
                    ?? throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such version.");
                if (version.Signatures.Any(signature => signature.Party == party))
                {
                    return;
                }

                Require(
                    !AgreementRows.Withdrawals(connection, projectId).ContainsKey(party),
                    "The party has withdrawn from the agreement.");
                Require(versions[^1].Digest == digest, "Another proposal has taken the place of the version.");
                AgreementRows.Sign(connection, projectId, digest, party, text, _time.Now());
            },
            cancellation);

    /// <summary>Takes a party out of the agreement, for good; repeated, changes nothing.</summary>
    /// <exception cref="StoreRefusedException">There is no such project.</exception>
    public Task WithdrawAsync(string projectId, string party, CancellationToken cancellation) =>
        _database.WriteAsync(
            connection =>
            {
                _ = ProjectRows.Require(connection, projectId);
                AgreementRows.Withdraw(connection, projectId, party, _time.Now());
            },
            cancellation);

    /// <summary>A request for release; null if there is none of the id in the project.</summary>
    public AgreementRelease? FindRelease(string projectId, string id) =>
        _database.Read(connection => AgreementRows.FindRelease(connection, projectId, id));

    /// <summary>All requests of a party to another, for a case and a purpose.</summary>
    public IReadOnlyList<AgreementRelease> ListReleases(
        string projectId, string asking, string asked, string purpose, string caseReference) =>
        _database.Read(connection =>
            AgreementRows.ListReleases(connection, projectId, asking, asked, purpose, caseReference));

    /// <summary>Requests of a version that have not been answered.</summary>
    public IReadOnlyList<AgreementRelease> ListWaiting(string projectId, string digest) =>
        _database.Read(connection => AgreementRows.ListWaiting(connection, projectId, digest));

    /// <summary>Keeps a request for release; one that waits for the same is given instead.</summary>
    /// <exception cref="StoreRefusedException">There is no such project, or too many requests wait.</exception>
    public Task<AgreementRelease> RequestAsync(
        AgreementRelease release, IdempotentRequest request, CancellationToken cancellation) =>
        _database.WriteAsync(
            connection =>
            {
                _ = ProjectRows.Require(connection, release.ProjectId);
                if (IdempotencyRows.Find(connection, request) is { } known)
                {
                    return AgreementRows.FindRelease(connection, release.ProjectId, known)!;
                }

                AgreementRelease? waiting = AgreementRows.ListReleases(
                    connection,
                    release.ProjectId,
                    release.AskingParty,
                    release.AskedParty,
                    release.Purpose,
                    release.CaseReference).FirstOrDefault(
                        other => other.State == ReleaseState.Waiting
                            && other.AgreementDigest == release.AgreementDigest);
                if (waiting is null)
                {
                    if (AgreementRows.CountWaiting(connection, release) >= MostWaiting)
                    {
                        throw new StoreRefusedException(
                            StoreRefusal.TooManyReleases, "Too many requests of the party wait for an answer.");
                    }

                    AgreementRows.Insert(connection, release);
                }

                IdempotencyRows.Insert(connection, request, release.ProjectId, (waiting ?? release).Id);
                return waiting ?? release;
            },
            cancellation);

    /// <summary>
    /// Keeps the answer to a request: the first one, or a refusal that takes a release back. Repeated, changes nothing.
    /// </summary>
    /// <exception cref="StoreRefusedException">There is no such request, or it was refused.</exception>
    public Task<AgreementRelease> AnswerAsync(AgreementRelease answered, CancellationToken cancellation) =>
        _database.WriteAsync(
            connection =>
            {
                AgreementRelease known = AgreementRows.FindRelease(connection, answered.ProjectId, answered.Id)
                    ?? throw new StoreRefusedException(StoreRefusal.NotFound, "There is no such request.");
                if (known.State == answered.State && known.Citation == answered.Citation)
                {
                    return known;
                }

                Require(known.State != ReleaseState.Refused, "The request was refused; it has to be made anew.");
                AgreementRows.Answer(connection, answered);
                return answered;
            },
            cancellation);

    // What has given way cannot come back with its signatures: proposed again, it has to be signed anew. And nobody can
    // keep the parties from agreeing, or make every question slow, by proposals without end.
    private static void MakeRoom(
        SqliteConnection connection, string projectId, AgreementPlan plan, IReadOnlyList<AgreementVersion> versions)
    {
        AgreementVersion[] open = [.. versions.Where(version => !version.IsSignedByAll)];
        foreach (AgreementVersion version in open.Where(
            (version, place) => version.Digest == plan.Digest || open.Length - place >= MostOpenProposals))
        {
            AgreementRows.Remove(connection, projectId, version.Digest);
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new StoreRefusedException(StoreRefusal.WrongState, otherwise);
        }
    }
}
