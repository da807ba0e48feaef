namespace Linkage.Core.Clustering;

/// <summary>How firmly the records of an entity hang together.</summary>
/// <remarks>
/// Its links are the pairs of its records with decision match, and those that a person decided to be one. An entity in
/// which every two records are linked has nothing to doubt; one that hangs on a single link may be two persons.
/// Immutable.
/// </remarks>
public sealed record EntityMetrics
{
    /// <summary>The entity's number, as <see cref="LinkResult.EntityOf"/> gives it.</summary>
    public required int Entity { get; init; }

    /// <summary>Number of its records, 2 or more.</summary>
    public required int Records { get; init; }

    /// <summary>Number of parties that have a record in it, 1 or more.</summary>
    public required int Parties { get; init; }

    /// <summary>Number of its links, <see cref="Records"/> − 1 or more.</summary>
    public required long Pairs { get; init; }

    /// <summary>Links as a share of all pairs of its records, over 0 to 1.</summary>
    public required double Density { get; init; }

    /// <summary>
    /// The probability of the link that gives way first: the least in a maximum spanning tree of the links, 0 to 1. A
    /// link that a person decided counts as 1.
    /// </summary>
    public required double WeakestLink { get; init; }

    /// <summary>
    /// Links of which each alone holds two parts of the entity together. Of two records the one link always is such.
    /// </summary>
    public required int Bridges { get; init; }
}
