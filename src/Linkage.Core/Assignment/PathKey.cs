namespace Linkage.Core.Assignment;

/// <summary>The rank of a right record in the search: nearer first, then single ones, then earlier edges.</summary>
/// <remarks>
/// Weights come from few patterns, so equal distances are common; a single record among them ends the search, and
/// looking at it first saves most of the work.
/// </remarks>
internal readonly record struct PathKey(double Distance, bool IsMatched, int Right) : IComparable<PathKey>
{
    /// <inheritdoc/>
    public int CompareTo(PathKey other)
    {
        int order = Distance.CompareTo(other.Distance);
        order = order != 0 ? order : IsMatched.CompareTo(other.IsMatched);
        return order != 0 ? order : Right.CompareTo(other.Right);
    }
}
