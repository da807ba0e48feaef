using Linkage.Core.Assignment;

namespace Linkage.Core.Clustering;

/// <summary>
/// How well two clusters as a whole go together: the mean match probability over all pairs between them.
/// </summary>
/// <remarks>
/// Average linkage (Sokal and Michener: A statistical method for evaluating systematic relationships, University of
/// Kansas Science Bulletin 38 (1958), 1409–1438). One wrong link between two large entities has all their other pairs
/// against it, so entities do not chain. A pair that met in no pass counts as probability 0.
/// </remarks>
internal sealed class ClusterSupport
{
    /// <summary>The least mean probability at which two clusters become one.</summary>
    /// <remarks>
    /// A quarter: copies of one person with several errors meet in some passes only, so half of the pairs inside a true
    /// entity may count as 0, and the rest need to be more likely than not.
    /// </remarks>
    public const double LeastMean = 0.25;

    /// <summary>Pairs that are less probable, and no match, need not be named: they count as 0.</summary>
    public const double Negligible = 0.01;

    private readonly Dictionary<int, double>?[] _between;
    private readonly int[] _sizes;

    /// <summary>Starts with every record as a cluster of its own.</summary>
    /// <param name="recordCount">Number of records.</param>
    /// <param name="probabilities">Candidate pairs, each once, with their match probability as weight.</param>
    public ClusterSupport(int recordCount, IEnumerable<WeightedEdge> probabilities)
    {
        _between = new Dictionary<int, double>?[recordCount];
        _sizes = new int[recordCount];
        Array.Fill(_sizes, 1);
        foreach (WeightedEdge pair in probabilities)
        {
            Of(pair.Left)[pair.Right] = pair.Weight;
            Of(pair.Right)[pair.Left] = pair.Weight;
        }
    }

    /// <summary>Whether two clusters, given by their leaders, go together.</summary>
    public bool Allows(int leader, int other) =>
        Of(leader).GetValueOrDefault(other) >= LeastMean * _sizes[leader] * _sizes[other];

    /// <summary>Notes that two clusters have become one.</summary>
    /// <param name="leader">Leader of the union, and of one of the two.</param>
    /// <param name="joined">Leader of the other.</param>
    public void Join(int leader, int joined)
    {
        Dictionary<int, double> kept = Of(leader);
        Dictionary<int, double> moved = Of(joined);
        kept.Remove(joined);
        moved.Remove(leader);
        foreach ((int third, double sum) in moved)
        {
            Dictionary<int, double> ofThird = Of(third);
            ofThird.Remove(joined);
            double total = kept.GetValueOrDefault(third) + sum;
            kept[third] = total;
            ofThird[leader] = total;
        }

        _sizes[leader] += _sizes[joined];
        _between[joined] = null;
    }

    private Dictionary<int, double> Of(int cluster) => _between[cluster] ??= [];
}
