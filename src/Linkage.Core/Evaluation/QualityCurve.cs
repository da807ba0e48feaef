namespace Linkage.Core.Evaluation;

/// <summary>Sweeps the threshold over the pairs' weights and keeps the points that show the curve's shape.</summary>
internal static class QualityCurve
{
    /// <summary>One point per distinct weight, heaviest first, thinned if there are too many.</summary>
    internal static QualityPoint[] Sweep(EvaluationRecords records, ReadOnlySpan<PredictedPair> pairs, long truePairs)
    {
        List<QualityPoint> points = [];
        foreach ((double weight, long predicted, long found) in WeightSteps.Of(records, pairs))
        {
            LinkageQuality quality = new(truePairs, predicted, found);
            points.Add(new QualityPoint(weight, quality.Precision, quality.Recall, quality.F1));
        }

        return CurveThinning.Thin(
            points, point => point.Precision, point => point.Recall, points.MaxBy(point => point.F1));
    }
}
