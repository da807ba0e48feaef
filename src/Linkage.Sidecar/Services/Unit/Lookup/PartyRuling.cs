using Google.Protobuf.WellKnownTypes;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>What the agreement says of one asked party.</summary>
/// <param name="Party">The party.</param>
/// <param name="IsOwn">Whether it is the one that asks: its own records need no rule,
/// but an agreement in force and a purpose.</param>
/// <param name="Ruling">What the agreement says.</param>
internal sealed record PartyRuling(string Party, bool IsOwn, DisclosureRuling Ruling)
{
    /// <summary>The rulings on all asked parties.</summary>
    public static IReadOnlyList<PartyRuling> Decide(IDisclosurePolicy policy, LookupQuestion question) =>
    [
        .. question.Asked.Select(party => new PartyRuling(
            party,
            party == question.Asking,
            policy.Decide(new DisclosureQuestion(
                question.Project.Id, question.Asking, party, question.Purpose, question.CaseReference)))),
    ];

    /// <summary>The answer of a party that does not answer.</summary>
    public PartyAnswer ToAnswer() => Ruling.Refusal == ErrorReason.ReleaseNeeded
        ? new PartyAnswer
        {
            Party = Party,
            Waiting = new LookupWaiting
            {
                Clause = Ruling.Clause,
                RequestId = Ruling.RequestId,
                DueTime = Ruling.Due?.ToTimestamp(),
                Overdue = Ruling.IsOverdue,
            },
        }
        : new PartyAnswer { Party = Party, Refusal = ToRefusal() };

    /// <summary>Why the party does not answer.</summary>
    public LookupRefusal ToRefusal() => new()
    {
        Reason = Refusals.NameOf(Ruling.Refusal),
        Clause = Ruling.Clause,
        Citation = Ruling.Citation,
        Message = Ruling.Message,
    };
}
