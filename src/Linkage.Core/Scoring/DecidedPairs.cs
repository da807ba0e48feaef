using Linkage.Bloom.Storage;
using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>
/// The decisions of persons on the records of a run, with what follows from them: records decided to be one person
/// share their partners and their non-partners.
/// </summary>
/// <remarks>Immutable and thread-safe after it is made.</remarks>
internal sealed class DecidedPairs
{
    private readonly SortedDictionary<(int Left, int Right), PairDecision> _given = [];
    private readonly HashSet<(int, int)> _apart = [];

    // Empty without decisions. Leader of each record's group, and whether any decision speaks of the group.
    private readonly int[] _leaders = [];
    private readonly bool[] _spokenOf = [];

    // By leader: the parties free of duplicates of which the group has a record; a second one is then another person.
    private readonly ulong[] _held = [];
    private readonly bool _isExclusive;

    private DecidedPairs(LinkPlan plan, RecordSpace space)
    {
        _isExclusive = plan.Options.OneToOne is OneToOneMode.Greedy or OneToOneMode.Optimal;
        if (plan.Options.Decisions.Count == 0)
        {
            return;
        }

        foreach (PairDecision decision in plan.Options.Decisions)
        {
            Take(decision, space);
        }

        int[] parties = space.Parties();
        _held = [.. parties.Select(party => plan.DuplicatesFree[party] ? 1UL << party : 0)];
        DisjointSets groups = Join(space.Count);
        _leaders = [.. Enumerable.Range(0, space.Count).Select(groups.Find)];
        _spokenOf = new bool[space.Count];
        foreach ((int left, int right) in _given.Keys)
        {
            _spokenOf[_leaders[left]] = true;
            _spokenOf[_leaders[right]] = true;
        }

        KeepApart();
    }

    /// <summary>Pairs decided to be one person, by records.</summary>
    public IEnumerable<(int Left, int Right)> MustLinks => Given(isMatch: true);

    /// <summary>Pairs decided to be two persons, by records.</summary>
    public IEnumerable<(int Left, int Right)> CannotLinks => Given(isMatch: false);

    /// <summary>Looks up the records of the run's decisions and checks that no two contradict each other.</summary>
    /// <exception cref="EncodingFormatException">They do, or the files lack a record; the source is named.</exception>
    public static DecidedPairs From(LinkPlan plan, RecordSpace space) => new(plan, space);

    /// <summary>What the decisions say of a pair: one person, two, or nothing.</summary>
    public bool? Of(int left, int right)
    {
        if (_leaders.Length == 0)
        {
            return null;
        }

        (int one, int other) = InOrder(_leaders[left], _leaders[right]);
        if (!_spokenOf[one] && !_spokenOf[other])
        {
            return null;
        }

        return one == other ? true
            : _apart.Contains((one, other)) || (_isExclusive && (_held[one] & _held[other]) != 0) ? false
            : null;
    }

    /// <summary>The probability of a pair: that of its score, unless the decisions settle it.</summary>
    public double ProbabilityOf(int left, int right, double scored) =>
        Of(left, right) is bool isMatch ? (isMatch ? 1 : 0) : scored;

    /// <summary>Puts the decisions above those of the thresholds.</summary>
    /// <remarks>
    /// One to one, a pair decided to be a match is the only one left for its records in a party free of duplicates, so
    /// the assignment keeps it.
    /// </remarks>
    public void Override(CandidatePairs candidates, Decision[] decisions)
    {
        if (_leaders.Length == 0)
        {
            return;
        }

        for (int i = 0; i < decisions.Length; i++)
        {
            if (Of(candidates.Left[i], candidates.Right[i]) is bool isMatch)
            {
                decisions[i] = isMatch ? Decision.Match : Decision.NonMatch;
            }
        }
    }

    /// <summary>Counts the decisions.</summary>
    public DecisionUse CountUse(CandidatePairs candidates) => new(
        MustLinks.Count(),
        CannotLinks.Count(),
        _given.Keys.Count(pair => candidates.IndexOf(pair.Left, pair.Right) < 0));

    /// <summary>
    /// Pairs under the possible threshold that decisions made matches, less those over it that they made non-matches.
    /// </summary>
    public long CountLifted(CandidatePairs candidates, PatternScores scores, double threshold)
    {
        long lifted = 0;
        for (int i = 0; i < candidates.Count && _leaders.Length > 0; i++)
        {
            if (Of(candidates.Left[i], candidates.Right[i]) is bool isMatch)
            {
                bool isOver = scores.Probabilities[candidates.Pattern[i]] >= threshold;
                lifted += isMatch == isOver ? 0 : isMatch ? 1 : -1;
            }
        }

        return lifted;
    }

    private void Take(PairDecision decision, RecordSpace space)
    {
        int left = Find(decision, decision.Left, space, "left");
        int right = Find(decision, decision.Right, space, "right");
        if (left == right)
        {
            throw Fault(decision, "joins a record to itself");
        }

        (int, int) pair = InOrder(left, right);
        if (!_given.TryAdd(pair, decision) && _given[pair].IsMatch != decision.IsMatch)
        {
            throw Fault(decision, $"says the opposite of {_given[pair]}");
        }
    }

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

    private DisjointSets Join(int recordCount)
    {
        var groups = new DisjointSets(recordCount);
        foreach (((int left, int right), PairDecision decision) in _given)
        {
            (int one, int other) = (groups.Find(left), groups.Find(right));
            if (!decision.IsMatch || one == other)
            {
                continue;
            }

            if ((_held[one] & _held[other]) != 0)
            {
                throw Fault(
                    decision, "with other decisions it makes one person of two records of a party without duplicates");
            }

            ulong held = _held[one] | _held[other];
            _held[groups.Union(one, other)] = held;
        }

        return groups;
    }

    private void KeepApart()
    {
        foreach ((int left, int right) in CannotLinks)
        {
            (int, int) groups = InOrder(_leaders[left], _leaders[right]);
            if (groups.Item1 == groups.Item2)
            {
                throw Fault(_given[(left, right)], "other decisions make one person of the two records");
            }

            _apart.Add(groups);
        }
    }

    private IEnumerable<(int Left, int Right)> Given(bool isMatch) =>
        _given.Where(entry => entry.Value.IsMatch == isMatch).Select(entry => entry.Key);

    private static (int Least, int Greatest) InOrder(int one, int other) =>
        (Math.Min(one, other), Math.Max(one, other));

    private static EncodingFormatException Fault(PairDecision decision, string problem) =>
        new($"{decision}: the decision cannot be followed: {problem}.");
}
