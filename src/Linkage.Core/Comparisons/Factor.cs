namespace Linkage.Core.Comparisons;

/// <summary>
/// A part of a pair's pattern with one joint distribution in a class: a comparison, or two that interact.
/// </summary>
/// <remarks>
/// <para>
/// The states of one comparison are its levels. Two comparisons have a table for pairs that have both, and one for each
/// of them where the other is missing: so a missing value needs no sum over what it might have been, and every table is
/// a distribution of its own. The first table goes by the first comparison's levels, then the second's.
/// </para>
/// <para>
/// Two comparisons with a table of their own are a log-linear model with their interaction (Bishop, Fienberg and
/// Holland: Discrete multivariate analysis, 1975, chapter 2).
/// </para>
/// </remarks>
internal sealed class Factor
{
    /// <summary>The state of a pair that has no value to compare here.</summary>
    public const int Missing = -1;

    private readonly int _secondLevels;

    private Factor(int first, int firstLevels, int? second, int secondLevels)
    {
        First = first;
        Second = second;
        _secondLevels = secondLevels;
        Tables = second is null
            ? [(0, firstLevels)]
            :
            [
                (0, firstLevels * secondLevels),
                (firstLevels * secondLevels, firstLevels),
                ((firstLevels * secondLevels) + firstLevels, secondLevels),
            ];
        StateCount = Tables[^1].Start + Tables[^1].Length;
    }

    /// <summary>Index of the comparison, or of the first of the two.</summary>
    public int First { get; }

    /// <summary>Index of the second comparison; null for one comparison.</summary>
    public int? Second { get; }

    public int StateCount { get; }

    /// <summary>Ranges of states, each a distribution of its own.</summary>
    public IReadOnlyList<(int Start, int Length)> Tables { get; }

    /// <summary>The factors of a model, by their first comparison.</summary>
    /// <param name="levelCounts">Number of levels of every comparison.</param>
    /// <param name="interactions">Two comparisons each; no comparison in two of them.</param>
    public static Factor[] From(
        IReadOnlyList<int> levelCounts, IReadOnlyList<(int First, int Second)> interactions)
    {
        var factors = new List<Factor>();
        for (int c = 0; c < levelCounts.Count; c++)
        {
            (int First, int Second)? own = null;
            bool isSecond = false;
            foreach ((int First, int Second) pair in interactions)
            {
                own = pair.First == c ? pair : own;
                isSecond |= pair.Second == c;
            }

            if (own is { } both)
            {
                factors.Add(new Factor(c, levelCounts[c], both.Second, levelCounts[both.Second]));
            }
            else if (!isSecond)
            {
                factors.Add(new Factor(c, levelCounts[c], null, 0));
            }
        }

        return [.. factors];
    }

    /// <summary>The state of a pair, or <see cref="Missing"/>.</summary>
    public int StateOf(ComparisonVector vector)
    {
        int first = vector[First];
        bool hasFirst = first < ComparisonVector.BothMissing;
        if (Second is not { } other)
        {
            return hasFirst ? first : Missing;
        }

        int second = vector[other];
        bool hasSecond = second < ComparisonVector.BothMissing;
        return (hasFirst, hasSecond) switch
        {
            (true, true) => (first * _secondLevels) + second,
            (true, false) => Tables[1].Start + first,
            (false, true) => Tables[2].Start + second,
            _ => Missing,
        };
    }

    /// <summary>The tables that independence of two comparisons gives; for one comparison its own shares.</summary>
    public static double[] Independent(IReadOnlyList<double> first, IReadOnlyList<double>? second)
    {
        if (second is null)
        {
            return [.. first];
        }

        return [.. first.SelectMany(one => second.Select(other => one * other)), .. first, .. second];
    }

    /// <summary>
    /// How much every state counts for a level of one comparison: where there are two, the pairs that have both values
    /// and those that have only this comparison's, by their numbers.
    /// </summary>
    /// <param name="comparison">Index of the comparison.</param>
    /// <param name="level">The level.</param>
    /// <param name="statePairs">Number of pairs in every state.</param>
    /// <returns>By state; the sum of weight times probability is the share of the level.</returns>
    public double[] LevelWeights(int comparison, int level, ReadOnlySpan<double> statePairs)
    {
        double[] weights = new double[StateCount];
        if (Second is null)
        {
            weights[level] = 1;
            return weights;
        }

        bool isFirst = comparison == First;
        (int start, int length) = Tables[isFirst ? 1 : 2];

        // A pair is added to the table of both, so that two empty tables do not divide by none.
        double both = 1 + Sum(statePairs[..Tables[0].Length]);
        double alone = Sum(statePairs.Slice(start, length));
        weights[start + level] = alone / (both + alone);
        for (int state = 0; state < Tables[0].Length; state++)
        {
            bool isAt = (isFirst ? state / _secondLevels : state % _secondLevels) == level;
            weights[state] = isAt ? both / (both + alone) : 0;
        }

        return weights;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
