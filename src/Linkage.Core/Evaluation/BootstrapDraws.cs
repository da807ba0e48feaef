namespace Linkage.Core.Evaluation;

/// <summary>The figures of one quality in every draw of the persons. Immutable once made.</summary>
internal sealed class BootstrapDraws
{
    private const double LeftOut = 0.05;

    private readonly LinkageQuality[] _draws = new LinkageQuality[BootstrapWeights.Draws];

    private BootstrapDraws()
    {
    }

    /// <summary>Draws once for all tallies, so that their figures can be compared draw by draw.</summary>
    internal static BootstrapDraws[] Of(int units, ReadOnlySpan<BootstrapTally> tallies)
    {
        BootstrapWeights weights = new(units);
        BootstrapDraws[] draws = new BootstrapDraws[tallies.Length];
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = new BootstrapDraws();
        }

        for (int draw = 0; draw < BootstrapWeights.Draws; draw++)
        {
            ReadOnlySpan<byte> drawn = weights.Next();
            for (int i = 0; i < draws.Length; i++)
            {
                draws[i]._draws[draw] = tallies[i].Weigh(drawn);
            }
        }

        return draws;
    }

    /// <summary>The middle 95 % of numbers drawn, by linear interpolation between their ranks.</summary>
    /// <param name="drawn">The numbers; they are sorted in place.</param>
    internal static (double Low, double High) Middle(Span<double> drawn)
    {
        drawn.Sort();
        return (Quantile(drawn, LeftOut / 2), Quantile(drawn, 1 - (LeftOut / 2)));
    }

    /// <summary>A figure with its interval.</summary>
    /// <param name="figure">Takes the figure from counts.</param>
    /// <param name="counted">The interval by counts; the wider end holds on either side.</param>
    /// <remarks>
    /// Few errors make few different draws, none at all if there is no error, though the next data set may well have
    /// one; counts know that. Pairs that fail together make draws differ more than counts expect; draws know that.
    /// </remarks>
    internal IntervalEstimate Estimate(Func<LinkageQuality, double> figure, IntervalEstimate counted)
    {
        (double low, double high) = Middle([.. _draws.Select(figure)]);
        return new IntervalEstimate(counted.Value, Math.Min(low, counted.Low), Math.Max(high, counted.High));
    }

    /// <summary>Standard deviation over the draws of the difference of a figure from another's.</summary>
    internal double DeviationFrom(BootstrapDraws other, Func<LinkageQuality, double> figure)
    {
        double[] differences = [.. _draws.Zip(other._draws, (a, b) => figure(a) - figure(b))];
        double mean = differences.Average();
        return Math.Sqrt(differences.Sum(one => (one - mean) * (one - mean)) / (differences.Length - 1));
    }

    private static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
