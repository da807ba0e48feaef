namespace Linkage.Core.Evaluation;

/// <summary>Compares stated probabilities with the truth, range by range.</summary>
internal static class CalibrationBins
{
    // Most probabilities are next to 0 or 1, where a tenth is too coarse to show anything.
    private static readonly double[] Ends =
        [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1];

    /// <summary>The comparison; null if a pair states no probability, or there is no pair.</summary>
    internal static Calibration? Of(EvaluationRecords records, ReadOnlySpan<PredictedPair> uniquePairs)
    {
        long[] pairs = new long[Ends.Length];
        long[] truePairs = new long[Ends.Length];
        double[] stated = new double[Ends.Length];
        long predicted = 0;
        double expected = 0;
        foreach (PredictedPair pair in uniquePairs)
        {
            if (pair.Probability is not { } probability)
            {
                return null;
            }

            int bin = BinOf(probability);
            pairs[bin]++;
            truePairs[bin] += records.AreSame(pair.Left, pair.Right) ? 1 : 0;
            stated[bin] += probability;
            predicted += pair.IsMatch ? 1 : 0;
            expected += pair.IsMatch ? probability : 0;
        }

        return uniquePairs.IsEmpty
            ? null
            : new Calibration(
                Bins(pairs, truePairs, stated),
                Enumerable.Range(0, Ends.Length).Sum(bin => Math.Abs(stated[bin] - truePairs[bin]))
                    / uniquePairs.Length,
                predicted == 0 ? 1 : expected / predicted,
                Math.Max(0, predicted - expected));
    }

    private static CalibrationBin[] Bins(long[] pairs, long[] truePairs, double[] stated) =>
    [
        .. Enumerable.Range(0, Ends.Length).Where(bin => pairs[bin] > 0).Select(bin => new CalibrationBin(
            bin == 0 ? 0 : Ends[bin - 1],
            Ends[bin],
            pairs[bin],
            stated[bin] / pairs[bin],
            ProportionIntervals.Wilson(
                (double)truePairs[bin] / pairs[bin], truePairs[bin], pairs[bin], ProportionIntervals.UsualQuantile))),
    ];

    private static int BinOf(double probability)
    {
        int bin = 0;
        while (bin < Ends.Length - 1 && probability >= Ends[bin])
        {
            bin++;
        }

        return bin;
    }
}
