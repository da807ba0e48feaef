namespace Linkage.Core.Evaluation;

/// <summary>How many predicted pairs the stated probabilities expect to be wrong.</summary>
internal static class ExpectedErrors
{
    /// <summary>The share for all, then for each group; null where a predicted pair states no probability.</summary>
    internal static double?[] Of(EvaluationRecords records, ReadOnlySpan<PredictedPair> uniquePairs)
    {
        double[] sums = new double[1 + records.GroupNames.Length];
        long[] pairs = new long[sums.Length];
        foreach (PredictedPair pair in uniquePairs)
        {
            if (!pair.IsMatch)
            {
                continue;
            }

            // Not a number stays so in every sum.
            double doubt = 1 - pair.Probability ?? double.NaN;
            Add(0, doubt);
            if (sums.Length > 1)
            {
                int group = records.Group(pair.Left);
                int other = records.Group(pair.Right);
                Add(1 + group, doubt);
                if (other != group)
                {
                    Add(1 + other, doubt);
                }
            }
        }

        return [.. sums.Select((sum, at) => pairs[at] > 0 && !double.IsNaN(sum) ? sum / pairs[at] : (double?)null)];

        void Add(int at, double doubt)
        {
            sums[at] += doubt;
            pairs[at]++;
        }
    }
}
