using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using PartyState = Linkage.Sidecar.Storage.PartyState;
using Project = Linkage.Sidecar.Storage.Project;
using ProjectState = Linkage.Sidecar.Storage.ProjectState;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>What waits for a party of a project: signatures, approvals, files, releases. Thread-safe.</summary>
internal sealed class WaitingList
{
    private readonly UnitStore _store;
    private readonly AgreementBooks _books;
    private readonly TimeProvider _time;

    /// <summary>Lists from a store.</summary>
    public WaitingList(UnitStore store, AgreementBooks books, TimeProvider time)
    {
        _store = store;
        _books = books;
        _time = time;
    }

    /// <summary>All that waits in a project, longest first.</summary>
    public IReadOnlyList<WaitingThing> Of(string projectId)
    {
        AgreementBook book = _books.Of(projectId);
        if (book.Facts.Project is not { } project)
        {
            return [];
        }

        AgreementEntry? inForce = book.InForceAt(_time.GetUtcNow());
        TimeSpan? deadline = (inForce ?? book.Newest) is { } entry
            ? IsoDays.Parse(entry.Standing.Text.Document.ResponseDeadline)
            : null;
        IEnumerable<WaitingThing> all =
        [
            .. Signatures(book, deadline), .. Approvals(project, deadline), .. Uploads(project, deadline),
            .. Releases(projectId, inForce),
        ];
        return [.. all.OrderBy(thing => thing.Place.CreatedAt).ThenBy(thing => thing.Place.Id, StringComparer.Ordinal)];
    }

    private static IEnumerable<WaitingThing> Signatures(AgreementBook book, TimeSpan? deadline) =>
        book.Entries is [.., { Standing.IsSignedByAll: false } last]
            ? last.Standing.Text.Document.Parties
                .Where(party => !last.Standing.Signed.Contains(party.Name)
                    && !last.Standing.Withdrawn.Contains(party.Name))
                .Select(party => new WaitingThing(
                    party.Name, WaitingKind.Signature, last.Stored.ProposedAt, last.Stored.ProposedAt + deadline))
            : [];

    private static IEnumerable<WaitingThing> Approvals(Project project, TimeSpan? deadline) =>
        project is { State: ProjectState.Proposed, Terms: not null, ProposedAt: { } since }
            ? Present(project).Where(party => party.Approval is null)
                .Select(party => new WaitingThing(
                    party.Name, WaitingKind.TermsApproval, since, since + deadline))
            : [];

    private static IEnumerable<Party> Present(Project project) =>
        project.Parties.Where(party => party.State != PartyState.Withdrawn);

    private IEnumerable<WaitingThing> Uploads(Project project, TimeSpan? deadline)
    {
        if (project is not { State: ProjectState.Agreed, Terms: not null })
        {
            return [];
        }

        DateTimeOffset since = Present(project).Max(party => party.Approval?.At ?? project.CreatedAt);
        return Present(project).Where(party => _store.Segments.ListEncodings(project.Id, party.Name).Count == 0)
            .Select(party => new WaitingThing(party.Name, WaitingKind.Upload, since, since + deadline));
    }

    private IEnumerable<WaitingThing> Releases(string projectId, AgreementEntry? inForce) => inForce is null
        ? []
        : _store.Agreements.ListWaiting(projectId, inForce.Stored.Digest)
            .Where(release => inForce.Standing.Includes(release.AskedParty)
                && inForce.Standing.Includes(release.AskingParty))
            .Select(release => new WaitingThing(
                release.AskedParty, WaitingKind.Release, release.CreatedAt, release.DueAt, release));
}
