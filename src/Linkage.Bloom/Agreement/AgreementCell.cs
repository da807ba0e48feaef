namespace Linkage.Bloom.Agreement;

/// <summary>How often one level of a comparison occurs among pairs of different records of one owner.</summary>
/// <param name="Count">
/// Pairs at the level, <see cref="LeastCount"/> or more; null when there are fewer, because a number of pairs that
/// small would speak of single persons.
/// </param>
/// <param name="Pairs">Pairs of which these are counted, all with both values present.</param>
public readonly record struct AgreementCell(long? Count, long Pairs)
{
    /// <summary>What stands for a number that is not told: the middle of 0 to 10.</summary>
    internal const int SmallCount = 5;

    /// <summary>The fewest pairs whose number is told: 10.</summary>
    public static int LeastCount => 10;

    /// <summary>Whether the number is not told: fewer than <see cref="LeastCount"/> of <see cref="Pairs"/>.</summary>
    public bool IsSmall => Count is null;

    /// <summary>The level's share of the pairs, 0 to 1; a number that is not told is taken as 5.</summary>
    public double Share => (Count ?? SmallCount) / (double)Pairs;
}
