namespace Linkage.Core.Evaluation;

/// <summary>Sweeps the threshold over the pairs' weights and keeps the points that show the curve's shape.</summary>
internal static class QualityCurve
{
    /// <summary>The most points a curve has.</summary>
    internal const int MaxPoints = 200;

    /// <summary>One point per distinct weight, heaviest first, thinned if there are too many.</summary>
    internal static QualityPoint[] Sweep(EvaluationRecords records, ReadOnlySpan<PredictedPair> pairs, long truePairs)
    {
        double[] weights = new double[pairs.Length];
        bool[] correct = new bool[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            weights[i] = pairs[i].Weight;
            correct[i] = records.AreSame(pairs[i].Left, pairs[i].Right);
        }

        // Ties in weight fall into one point, so an unstable sort does no harm.
        Array.Sort(weights, correct);
        List<QualityPoint> points = [];
        long found = 0;
        for (int i = weights.Length - 1; i >= 0; i--)
        {
            found += correct[i] ? 1 : 0;
            if (i == 0 || weights[i - 1] < weights[i])
            {
                LinkageQuality quality = new(truePairs, weights.Length - i, found);
                points.Add(new QualityPoint(weights[i], quality.Precision, quality.Recall, quality.F1));
            }
        }

        return Thin(points);
    }

    /// <summary>
    /// Spreads the points evenly along the curve's length, not over its weights: most distinct weights lie among the
    /// non-matches, where the curve hardly moves. First, last and best point always stay.
    /// </summary>
    private static QualityPoint[] Thin(List<QualityPoint> points)
    {
        if (points.Count <= MaxPoints)
        {
            return [.. points];
        }

        double length = 0;
        for (int i = 1; i < points.Count; i++)
        {
            length += Step(points[i - 1], points[i]);
        }

        // Two more than the even ones may be kept: the last point and the best.
        double stride = length / (MaxPoints - 3);
        QualityPoint best = points.MaxBy(point => point.F1)!;
        List<QualityPoint> kept = [points[0]];
        double since = 0;
        for (int i = 1; i < points.Count; i++)
        {
            since += Step(points[i - 1], points[i]);
            bool isDue = since >= stride && stride > 0;
            if (isDue || i == points.Count - 1 || ReferenceEquals(points[i], best))
            {
                kept.Add(points[i]);
                since = isDue ? 0 : since;
            }
        }

        return [.. kept];
    }

    private static double Step(QualityPoint from, QualityPoint to) =>
        Math.Abs(to.Precision - from.Precision) + Math.Abs(to.Recall - from.Recall);
}
