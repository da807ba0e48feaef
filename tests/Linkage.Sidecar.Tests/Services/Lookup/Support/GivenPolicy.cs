using System.Collections.Concurrent;
using Linkage.Sidecar.Services.Unit.Agreements;

namespace Linkage.Sidecar.Tests.Services.Lookup.Support;

/// <summary>Allows everything, but what a test says otherwise of a party.</summary>
internal sealed class GivenPolicy : IDisclosurePolicy
{
    public static readonly DisclosureRuling Everything = new()
    {
        Clause = "lookup-1",
        AgreementDigest = "digest",
        Shown = ShownParts.LinkId | ShownParts.Probability | ShownParts.Levels,
    };

    public ConcurrentDictionary<string, DisclosureRuling> Rulings { get; } = new();

    public ConcurrentQueue<DisclosureQuestion> Questions { get; } = new();

    public DisclosureRuling Decide(DisclosureQuestion question)
    {
        Questions.Enqueue(question);
        return Rulings.GetValueOrDefault(question.AskedParty, Everything);
    }
}
