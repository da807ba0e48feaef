using Linkage.Core.Evaluation;

namespace Linkage.Core.Reporting;

/// <summary>The curves over all thresholds on the match weight.</summary>
internal static class EvaluationCurves
{
    /// <summary>Draws precision against recall.</summary>
    public static void WriteQuality(HtmlWriter html, LinkageEvaluation evaluation)
    {
        // A good linkage would be a dot in a corner.
        const double Good = 0.9;
        const double CloseUp = 0.8;
        LinkageQuality quality = evaluation.Total.Quality;
        QualityPoint best = evaluation.Curve.MaxBy(point => point.F1)!;
        double from = best.F1 >= Good && quality.F1 >= Good ? CloseUp : 0;
        string beginning = from > 0 ? " Both axes begin at 0.8." : "";
        using (UnitSquareChart chart = new(
            html,
            "precision-recall",
            "Precision against recall",
            "A line over all thresholds on the match weight, and a dot for the decisions as they were taken: "
            + $"precision {FigureText.FineShare(quality.Precision)} at recall "
            + $"{FigureText.FineShare(quality.Recall)}.{beginning}",
            ("recall", "precision"),
            from))
        {
            for (int i = 1; i < evaluation.Curve.Count; i++)
            {
                (QualityPoint before, QualityPoint point) = (evaluation.Curve[i - 1], evaluation.Curve[i]);
                chart.Line((before.Recall, before.Precision), (point.Recall, point.Precision), "curve");
            }

            chart.Dot(quality.Recall, quality.Precision, "possible", "the decisions as they were taken");
        }

        html.Element(
            "p",
            $"The line says what would be found if every pair from a weight upwards were a link, without one-to-one "
            + $"assignment; F1 is at best {FigureText.FineShare(best.F1)}, at weight {FigureText.Weight(best.Weight)}. "
            + $"The dot is what was decided.{beginning}");
    }

    /// <summary>Draws the receiver operating characteristic.</summary>
    public static void WriteRoc(HtmlWriter html, LinkageEvaluation evaluation)
    {
        string area = FigureText.Probability(evaluation.RocArea ?? 0);
        using (UnitSquareChart chart = new(
            html,
            "roc-curve",
            "True-positive rate against false-positive rate",
            $"A line over all thresholds on the match weight; the area under it is {area}.",
            ("false-positive rate", "true-positive rate")))
        {
            chart.Line((0, 0), (1, 1), "limit");
            (double Across, double Up) before = (0, 0);
            foreach (RocPoint point in evaluation.Roc)
            {
                (double Across, double Up) here = (point.FalsePositiveRate, point.TruePositiveRate);
                chart.Line(before, here, "curve");
                before = here;
            }
        }

        html.Element(
            "p",
            $"Among the listed pairs a true one weighs more than one of two persons with a chance of {area}. This "
            + "figure grows with the number of light pairs in the file; precision and recall do not.");
    }
}
