using Linkage.Bloom.Storage;
using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>The decisions of persons on the records of a run.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class DecidedPairs
{
    private readonly DecidedLink[] _links;

    private DecidedPairs(DecidedLink[] links, DecidedLinks all)
    {
        _links = links;
        Links = all;
    }

    /// <summary>The decisions by records, with all that follows from them.</summary>
    public DecidedLinks Links { get; }

    /// <summary>Looks up the records of the run's decisions and checks that no two contradict each other.</summary>
    /// <exception cref="EncodingFormatException">They do, or the files lack a record; the source is named.</exception>
    public static DecidedPairs From(LinkPlan plan, RecordSpace space)
    {
        IReadOnlyList<PairDecision> decisions = plan.Options.Decisions;
        var links = new DecidedLink[decisions.Count];
        for (int i = 0; i < links.Length; i++)
        {
            int left = Find(decisions[i], decisions[i].Left, space, "left");
            int right = Find(decisions[i], decisions[i].Right, space, "right");
            if (left == right)
            {
                throw Fault(decisions[i], "joins a record to itself");
            }

            links[i] = new DecidedLink(left, right, decisions[i].IsMatch);
        }

        return DecidedLinks.FindContradiction(space.Count, links) is { } at
            ? throw Fault(decisions[at], "other decisions make one person of the two records")
            : new DecidedPairs(
                [.. links.DistinctBy(InOrder)], DecidedLinks.From(space.Count, links));
    }

    /// <summary>Candidate pairs that were decided themselves: whether they are matches.</summary>
    public IReadOnlyDictionary<int, bool> Candidates(CandidatePairs candidates)
    {
        var known = new Dictionary<int, bool>();
        foreach (DecidedLink link in _links)
        {
            int at = IndexOf(candidates, link);
            if (at >= 0)
            {
                known[at] = link.IsMatch;
            }
        }

        return known;
    }

    /// <summary>Counts the decisions.</summary>
    public DecisionUse CountUse(CandidatePairs candidates) => new(
        _links.Count(link => link.IsMatch),
        _links.Count(link => !link.IsMatch),
        _links.Count(link => IndexOf(candidates, link) < 0));

    private static int IndexOf(CandidatePairs candidates, DecidedLink link)
    {
        (int low, int high) = InOrder(link);
        return candidates.IndexOf(low, high);
    }

    private static (int Low, int High) InOrder(DecidedLink link) =>
        (Math.Min(link.Left, link.Right), Math.Max(link.Left, link.Right));

    private static int Find(PairDecision decision, RecordReference record, RecordSpace space, string side)
    {
        int party = space.PartyNumber(record.Party);
        if (party < 0)
        {
            throw Fault(decision, $"no file is of the {side} record's party");
        }

        int found = space.Find(party, record.Handle);
        return found >= 0 ? found : throw Fault(decision, $"the file of its party lacks the {side} record");
    }

    private static EncodingFormatException Fault(PairDecision decision, string problem) =>
        new($"{decision}: the decision cannot be followed: {problem}.");
}
