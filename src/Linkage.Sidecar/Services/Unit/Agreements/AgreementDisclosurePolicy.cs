using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Decides by the agreements and releases that the store has. Thread-safe.</summary>
internal sealed class AgreementDisclosurePolicy : IDisclosurePolicy
{
    private readonly AgreementBooks _books;
    private readonly AgreementStore _store;
    private readonly TimeProvider _time;

    /// <summary>Decides over a store.</summary>
    public AgreementDisclosurePolicy(AgreementBooks books, UnitStore store, TimeProvider time)
    {
        _books = books;
        _store = store.Agreements;
        _time = time;
    }

    /// <inheritdoc/>
    public DisclosureRuling Decide(DisclosureQuestion question)
    {
        DateTimeOffset now = _time.GetUtcNow();
        AgreementStanding? standing = _books.Of(question.ProjectId).DecidingAt(now)?.Standing;
        DisclosureRuling ruling = DisclosureEngine.Decide(standing, [], now, question);

        // Without a request a release is needed at the most: only then there is something to look for.
        return ruling.Refusal != ErrorReason.ReleaseNeeded ? ruling : DisclosureEngine.Decide(
            standing,
            _store.ListReleases(
                question.ProjectId,
                question.AskingParty,
                question.AskedParty,
                question.Purpose,
                question.CaseReference),
            now,
            question);
    }
}
