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

    /// <summary>Called after a question was decided, with the number of all that were.</summary>
    public Action<int> Decided { get; set; } = _ => { };

    public DisclosureRuling Decide(DisclosureQuestion question)
    {
        DisclosureRuling ruling = Rulings.GetValueOrDefault(question.AskedParty, Everything);
        Questions.Enqueue(question);
        Decided(Questions.Count);
        return ruling;
    }
}
