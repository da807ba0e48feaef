namespace Linkage.Core.Assignment;

/// <summary>All that follows from what persons decided about pairs of records.</summary>
/// <remarks>
/// Must-link and cannot-link constraints (Wagstaff, Cardie, Rogers and Schrödl: Constrained k-means clustering with
/// background knowledge, ICML 2001, section 2). Must-link is transitive: if a is b and b is c, then a is c, and whoever
/// is not c is not a either. Immutable.
/// </remarks>
internal sealed class DecidedLinks
{
    private readonly DecidedLink[] _matches;
    private readonly DecidedLink[] _nonMatches;
    private readonly HashSet<(int Low, int High)> _apart = [];

    // Per record the smallest record decided to be the same person.
    private readonly int[] _leaders;

    // Records that a must-link speaks of, by their leader.
    private readonly Dictionary<int, List<int>> _together = [];

    private DecidedLinks(int recordCount, ReadOnlySpan<DecidedLink> links)
    {
        var sets = new DisjointSets(recordCount);
        var matches = new List<DecidedLink>();
        var nonMatches = new List<DecidedLink>();
        foreach (DecidedLink link in links)
        {
            (link.IsMatch ? matches : nonMatches).Add(link);
            if (link.IsMatch && sets.Find(link.Left) is var left && sets.Find(link.Right) is var right && left != right)
            {
                _ = sets.Union(left, right);
            }
        }

        (_matches, _nonMatches) = ([.. matches], [.. nonMatches]);
        _leaders = [.. Enumerable.Range(0, recordCount).Select(sets.Find)];
        foreach (DecidedLink link in _nonMatches)
        {
            _ = _apart.Add(Ordered(_leaders[link.Left], _leaders[link.Right]));
        }

        foreach (int record in matches.SelectMany(link => (int[])[link.Left, link.Right]).Distinct().Order())
        {
            CollectByLeader(record);
        }
    }

    /// <summary>No decisions: the model has its way.</summary>
    public static DecidedLinks None { get; } = new(0, []);

    /// <summary>The pairs decided to be one person, in the order given.</summary>
    public ReadOnlySpan<DecidedLink> Matches => _matches;

    /// <summary>The pairs decided to be two persons, in the order given.</summary>
    public ReadOnlySpan<DecidedLink> NonMatches => _nonMatches;

    /// <summary>Takes decisions in.</summary>
    /// <param name="recordCount">Number of records of all files.</param>
    /// <param name="links">The decisions; one may be given twice.</param>
    /// <exception cref="ArgumentException">
    /// A decision speaks of a record that does not exist, or contradicts the others; the message names its row.
    /// </exception>
    public static DecidedLinks From(int recordCount, ReadOnlySpan<DecidedLink> links)
    {
        for (int i = 0; i < links.Length; i++)
        {
            if ((uint)links[i].Left >= (uint)recordCount || (uint)links[i].Right >= (uint)recordCount)
            {
                throw new ArgumentException(
                    $"Decision {i + 1} speaks of a record that does not exist.", nameof(links));
            }
        }

        return FindContradiction(recordCount, links) is { } at
            ? throw new ArgumentException(
                $"Decision {at + 1} holds two records to be two persons that other decisions make one.", nameof(links))
            : new DecidedLinks(recordCount, links);
    }

    /// <summary>The first decision against which others speak: that two records are two persons; null for
    /// none.</summary>
    /// <param name="recordCount">Number of records of all files.</param>
    /// <param name="links">The decisions, on records that exist.</param>
    public static int? FindContradiction(int recordCount, ReadOnlySpan<DecidedLink> links)
    {
        int[] leaders = new DecidedLinks(recordCount, links)._leaders;
        for (int i = 0; i < links.Length; i++)
        {
            if (!links[i].IsMatch && leaders[links[i].Left] == leaders[links[i].Right])
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>What follows for a pair of records.</summary>
    public Verdict Of(int left, int right)
    {
        if (_leaders.Length == 0)
        {
            return Verdict.Open;
        }

        (int a, int b) = (_leaders[left], _leaders[right]);
        return a == b ? Verdict.Match
            : _apart.Contains(Ordered(a, b)) ? Verdict.NonMatch
            : Verdict.Open;
    }

    /// <summary>Other records decided to be the person of this one, rising; directly or by way of others.</summary>
    public IEnumerable<int> PartnersOf(int record) =>
        _leaders.Length > 0 && _together.TryGetValue(_leaders[record], out List<int>? members)
            ? members.Where(member => member != record)
            : [];

    private static (int Low, int High) Ordered(int one, int other) =>
        one < other ? (one, other) : (other, one);

    private void CollectByLeader(int record)
    {
        if (!_together.TryGetValue(_leaders[record], out List<int>? members))
        {
            _together.Add(_leaders[record], members = []);
        }

        members.Add(record);
    }
}
