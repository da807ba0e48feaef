namespace Linkage.Core.Evaluation;

/// <summary>Draws the receiver operating characteristic of the listed pairs.</summary>
internal static class RocSweep
{
    /// <summary>The points, heaviest first and thinned, and the area under all of them.</summary>
    internal static (RocPoint[] Points, double? Area) Of(
        EvaluationRecords records, ReadOnlySpan<PredictedPair> uniquePairs)
    {
        List<(double Weight, long Pairs, long TruePairs)> steps = WeightSteps.Of(records, uniquePairs);
        long allTrue = steps.Count == 0 ? 0 : steps[^1].TruePairs;
        long allFalse = uniquePairs.Length - allTrue;
        if (allTrue == 0 || allFalse == 0)
        {
            return ([], null);
        }

        List<RocPoint> points = new(steps.Count);
        RocPoint before = new(double.PositiveInfinity, 0, 0);
        double area = 0;
        foreach ((double weight, long pairs, long truePairs) in steps)
        {
            RocPoint point = new(weight, (double)(pairs - truePairs) / allFalse, (double)truePairs / allTrue);
            points.Add(point);
            area += (point.FalsePositiveRate - before.FalsePositiveRate)
                * (point.TruePositiveRate + before.TruePositiveRate) / 2;
            before = point;
        }

        RocPoint[] shown = CurveThinning.Thin(
            points, point => point.FalsePositiveRate, point => point.TruePositiveRate, best: null);
        return (shown, Math.Min(1, area));
    }
}
