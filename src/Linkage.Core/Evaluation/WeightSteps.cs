namespace Linkage.Core.Evaluation;

/// <summary>What lowering the threshold lets in, weight by weight.</summary>
internal static class WeightSteps
{
    /// <summary>One step per distinct weight, heaviest first, with the pairs of that weight and above.</summary>
    internal static List<(double Weight, long Pairs, long TruePairs)> Of(
        EvaluationRecords records, ReadOnlySpan<PredictedPair> uniquePairs)
    {
        double[] weights = new double[uniquePairs.Length];
        bool[] correct = new bool[uniquePairs.Length];
        for (int i = 0; i < uniquePairs.Length; i++)
        {
            weights[i] = uniquePairs[i].Weight;
            correct[i] = records.AreSame(uniquePairs[i].Left, uniquePairs[i].Right);
        }

        // Ties in weight fall into one step, so an unstable sort does no harm.
        Array.Sort(weights, correct);
        List<(double Weight, long Pairs, long TruePairs)> steps = [];
        long found = 0;
        for (int i = weights.Length - 1; i >= 0; i--)
        {
            found += correct[i] ? 1 : 0;
            if (i == 0 || weights[i - 1] < weights[i])
            {
                steps.Add((weights[i], weights.Length - i, found));
            }
        }

        return steps;
    }
}
