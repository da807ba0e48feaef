using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>All candidate pairs by match weight and by what was decided of them. Immutable.</summary>
internal sealed class WeightHistogram
{
    private const int MostBins = 60;

    private readonly long[][] _counts;

    private WeightHistogram(double low, double step, long[][] counts, double match, double possible)
    {
        Low = low;
        Step = step;
        _counts = counts;
        MatchFrom = match;
        PossibleFrom = possible;
    }

    /// <summary>Weight at which the first bin begins; a whole number.</summary>
    public double Low { get; }

    /// <summary>Width of a bin; a whole number of bits.</summary>
    public double Step { get; }

    public int BinCount => _counts.Length;

    public double High => Low + (Step * BinCount);

    /// <summary>The weight from which a pair's probability reaches the threshold of a match.</summary>
    public double MatchFrom { get; }

    /// <summary>The weight from which a pair's probability reaches the threshold of a possible match.</summary>
    public double PossibleFrom { get; }

    public long Largest => _counts.Max(bin => bin.Max());

    public static WeightHistogram From(LinkResult result)
    {
        double prior = LogOdds(result.Model.PriorMatchProbability) + result.PosteriorScaleBits;
        double match = LogOdds(result.Thresholds.Match) - prior;
        double possible = LogOdds(result.Thresholds.Possible) - prior;
        double[] weights = [.. result.Patterns.Select(pattern => result.Model.Weigh(pattern.Vector).Bits)];
        double low = Math.Floor(weights.Append(possible).Min());
        double high = Math.Floor(weights.Append(match).Max()) + 1;
        double step = Math.Ceiling((high - low) / MostBins);
        long[][] counts = [.. Enumerable.Range(0, (int)Math.Ceiling((high - low) / step)).Select(_ => new long[3])];
        for (int i = 0; i < weights.Length; i++)
        {
            counts[Bin(weights[i])][(int)Decision.NonMatch] += result.Patterns[i].Count;
        }

        // All matches and possible matches are kept in the result, so what is left of a bin are its non-matches.
        foreach (LinkedPair pair in result.Pairs)
        {
            if (pair.Decision != Decision.NonMatch)
            {
                long[] bin = counts[Bin(pair.Weight.Bits)];
                bin[(int)pair.Decision]++;
                bin[(int)Decision.NonMatch]--;
            }
        }

        return new WeightHistogram(low, step, counts, match, possible);

        int Bin(double weight) => (int)((weight - low) / step);
    }

    /// <summary>Pairs of a bin with a decision.</summary>
    public long Count(int bin, Decision decision) => _counts[bin][(int)decision];

    private static double LogOdds(double probability) => Math.Log2(probability / (1 - probability));
}
