using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>
/// What persons decided, where a party lists a person once at most: who has a partner there needs no other.
/// </summary>
internal sealed class DecidedPartners
{
    private readonly DecidedLinks _links;
    private readonly int[] _parties;
    private readonly bool[] _exclusive;

    public DecidedPartners(LinkPlan plan, RecordSpace space, DecidedLinks links)
    {
        _links = links;
        _parties = space.Parties();
        bool isOneToOne = plan.Options.OneToOne is OneToOneMode.Greedy or OneToOneMode.Optimal;
        _exclusive = [.. plan.DuplicatesFree.Select(free => free && isOneToOne)];
    }

    public bool IsEmpty => _links.Matches.IsEmpty && _links.NonMatches.IsEmpty;

    /// <summary>What follows for a pair of records.</summary>
    public Verdict Of(int left, int right)
    {
        Verdict verdict = _links.Of(left, right);
        return verdict == Verdict.Open && !IsEmpty && (HasPartner(left, right) || HasPartner(right, left))
            ? Verdict.NonMatch
            : verdict;
    }

    // Whether a person decided who the record is in the party of its rival, which lists nobody twice.
    private bool HasPartner(int record, int rival) =>
        _exclusive[_parties[rival]]
        && _links.PartnersOf(record).Any(partner => _parties[partner] == _parties[rival]);
}
