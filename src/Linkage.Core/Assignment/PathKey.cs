namespace Linkage.Core.Assignment;

/// <summary>The rank of a right record in the search: nearer first, then the one met by an earlier edge.</summary>
internal readonly record struct PathKey(double Distance, int Right) : IComparable<PathKey>
{
    /// <inheritdoc/>
    public int CompareTo(PathKey other)
    {
        int byDistance = Distance.CompareTo(other.Distance);
        return byDistance != 0 ? byDistance : Right.CompareTo(other.Right);
    }
}
