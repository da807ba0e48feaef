using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using ReleaseState = Linkage.Sidecar.Storage.ReleaseState;

namespace Linkage.Sidecar.Agreements;

/// <summary>Decides who may be told what: the decision table of <c>docs/access.md</c> for the program.</summary>
/// <remarks>
/// A pure function of its arguments. What no clause allows is refused; an exception beats every rule; of several rules
/// that speak of a question the strictest holds. A further exception never allows more.
/// </remarks>
internal static class DisclosureEngine
{
    /// <summary>Decides one question.</summary>
    /// <param name="standing">The version that decides; null if the project has no agreement.</param>
    /// <param name="releases">Requests for release; those of other questions and versions are passed over.</param>
    /// <param name="now">The time.</param>
    /// <param name="question">What is asked.</param>
    public static DisclosureRuling Decide(
        AgreementStanding? standing,
        IReadOnlyList<AgreementRelease> releases,
        DateTimeOffset now,
        DisclosureQuestion question)
    {
        if (standing is null)
        {
            return Refuse(ErrorReason.AgreementNotInForce, "The project has no agreement.");
        }

        DisclosureRuling ruling = FindObstacle(standing, now, question)
            ?? FindException(standing, question)
            ?? ApplyRules(standing, releases, now, question);
        return ruling with { AgreementDigest = standing.Text.Digest };
    }

    /// <summary>A sentence about an agreement that is not in force; null if it is.</summary>
    public static string? FindWhyNotInForce(AgreementPhase phase) => phase switch
    {
        AgreementPhase.Active => null,
        AgreementPhase.Draft => "Nobody has signed the agreement.",
        AgreementPhase.PartlySigned => "Not every party has signed the agreement.",
        AgreementPhase.Signed => "The agreement's first day is still to come.",
        AgreementPhase.Expired => "The agreement's last day is over.",
        AgreementPhase.Withdrawn => "Fewer than two parties are left in the agreement.",
        _ => "Another version of the agreement has taken its place.",
    };

    // Whatever has nothing to do with clauses; then the asking party's own records, which no clause need give it.
    private static DisclosureRuling? FindObstacle(
        AgreementStanding standing, DateTimeOffset now, DisclosureQuestion question)
    {
        AgreementDocument document = standing.Text.Document;
        if (FindWhyNotInForce(standing.PhaseAt(now)) is { } why)
        {
            return Refuse(ErrorReason.AgreementNotInForce, why);
        }

        foreach (string party in new[] { question.AskingParty, question.AskedParty })
        {
            if (!standing.Includes(party))
            {
                return document.PartyOf(party) is null
                    ? Refuse(ErrorReason.NotInAgreement, "The agreement does not name one of the two parties.")
                    : Refuse(ErrorReason.AgreementNotInForce, "One of the two parties has withdrawn.");
            }
        }

        if (document.PurposeOf(question.Purpose) is not { } purpose
            || !purpose.Outputs.Contains(AgreementWords.Lookup))
        {
            return Refuse(ErrorReason.NotInAgreement, "The agreement has no such purpose for lookups.");
        }

        if (!purpose.Covers(standing.UsedFields))
        {
            return Refuse(
                ErrorReason.NotInAgreement, "The project compares a field that the purpose may not use.");
        }

        return question.AskingParty == question.AskedParty
            ? Allow(AgreementWords.OwnRecordsClause, ShownParts.LinkId | ShownParts.Probability | ShownParts.Levels)
            : null;
    }

    private static DisclosureRuling? FindException(AgreementStanding standing, DisclosureQuestion question)
    {
        LookupException? exception = standing.Text.Document.Exceptions.FirstOrDefault(
            one => one.SpeaksOf(question.AskingParty, question.AskedParty, question.Purpose));
        return exception is null ? null : new DisclosureRuling
        {
            Refusal = ErrorReason.ExceptedByAgreement,
            Clause = exception.Clause,
            Citation = exception.Citation,
            Message = exception.Reason,
        };
    }

    private static DisclosureRuling ApplyRules(
        AgreementStanding standing,
        IReadOnlyList<AgreementRelease> releases,
        DateTimeOffset now,
        DisclosureQuestion question)
    {
        LookupRule[] rules =
        [
            .. standing.Text.Document.LookupRules.Where(
                rule => rule.SpeaksOf(question.AskingParty, question.AskedParty, question.Purpose)),
        ];
        if (rules.Length == 0)
        {
            return standing.Text.Document.Default == AgreementWords.Share
                ? Allow(AgreementWords.DefaultClause, ShownParts.LinkId)
                : Refuse(ErrorReason.NotInAgreement, "No clause lets the party be asked for the purpose.");
        }

        ShownParts shown = rules.Select(rule => PartsOf(rule.Show)).Aggregate((all, one) => all & one);
        LookupRule? ask = rules.FirstOrDefault(rule => rule.Answer != AgreementWords.Share);
        return ask is null
            ? Allow(rules[0].Clause, shown)
            : ApplyRelease(FindNewest(standing, releases, question), now, Allow(ask.Clause, shown));
    }

    private static AgreementRelease? FindNewest(
        AgreementStanding standing, IReadOnlyList<AgreementRelease> releases, DisclosureQuestion question) =>
        releases
            .Where(release => release.AgreementDigest == standing.Text.Digest
                && release.ProjectId == question.ProjectId
                && release.AskingParty == question.AskingParty
                && release.AskedParty == question.AskedParty
                && release.Purpose == question.Purpose
                && release.CaseReference == question.CaseReference)
            .OrderBy(release => release.CreatedAt)
            .ThenBy(release => release.Id, StringComparer.Ordinal)
            .LastOrDefault();

    private static DisclosureRuling ApplyRelease(AgreementRelease? release, DateTimeOffset now, DisclosureRuling allowed)
    {
        switch (release)
        {
            case { State: ReleaseState.Released, ExpiresAt: { } end } when now < end:
                return allowed with { RequestId = release.Id, Due = release.DueAt };
            case { State: ReleaseState.Refused }:
                return new DisclosureRuling
                {
                    Refusal = ErrorReason.ReleaseRefused,
                    Clause = allowed.Clause,
                    Citation = release.Citation,
                    Message = "The party has refused to release its answer.",
                    RequestId = release.Id,
                    Due = release.DueAt,
                };
            default:
                DisclosureRuling needed = new()
                {
                    Refusal = ErrorReason.ReleaseNeeded,
                    Clause = allowed.Clause,
                    Message = "The party has to release its answer for the case first.",
                };
                return release is not { State: ReleaseState.Waiting }
                    ? needed
                    : needed with { RequestId = release.Id, Due = release.DueAt, IsOverdue = now >= release.DueAt };
        }
    }

    private static ShownParts PartsOf(IReadOnlyList<string> words) => words.Aggregate(
        ShownParts.None,
        (parts, word) => parts | word switch
        {
            AgreementWords.LinkId => ShownParts.LinkId,
            AgreementWords.Probability => ShownParts.Probability,
            AgreementWords.Levels => ShownParts.Levels,
            _ => ShownParts.None,
        });

    private static DisclosureRuling Allow(string clause, ShownParts shown) => new() { Clause = clause, Shown = shown };

    private static DisclosureRuling Refuse(ErrorReason reason, string message) =>
        new() { Refusal = reason, Message = message };
}
