using Linkage.Core.Evaluation;

namespace Linkage.Core.Reporting;

/// <summary>Whether the stated probabilities come true.</summary>
internal static class EvaluationCalibrationSection
{
    public static void Write(HtmlWriter html, LinkageEvaluation evaluation)
    {
        if (evaluation.Calibration is not { } calibration)
        {
            return;
        }

        WriteChart(html, calibration);
        html.Element(
            "p",
            "On the dashed line pairs are true as often as stated; above it the linkage is too careful, below too "
            + "sure. The mean distance over all listed pairs (expected calibration error) is "
            + $"{FigureText.Share(calibration.ExpectedCalibrationError)}.");
        WriteTable(html, calibration);
        html.Element(
            "p",
            "Where a record has one partner at most, a pair may be likely by itself and yet lose to a better one; such "
            + "pairs pull the upper ranges down.",
            ("class", "soft"));
    }

    private static void WriteChart(HtmlWriter html, Calibration calibration)
    {
        using UnitSquareChart chart = new(
            html,
            "calibration-chart",
            "Observed share of true pairs against stated probability",
            "A dot for each range of stated probability, with the 95 % interval of the observed share; the table below "
            + "has the numbers.",
            ("stated probability", "observed share of true pairs"));
        chart.Line((0, 0), (1, 1), "limit");
        foreach (CalibrationBin bin in calibration.Bins)
        {
            double stated = bin.MeanProbability;
            chart.Line((stated, bin.TrueShare.Low), (stated, bin.TrueShare.High), "reach");
            chart.Dot(
                stated,
                bin.TrueShare.Value,
                "match",
                $"stated {FigureText.Probability(stated)}, observed {FigureText.Probability(bin.TrueShare.Value)} of "
                + FigureText.Count(bin.Pairs, "pair", "pairs"));
        }
    }

    private static void WriteTable(HtmlWriter html, Calibration calibration)
    {
        using var table = new HtmlTable(
            html,
            "Ranges of stated probability",
            HtmlColumn.Text("Range"),
            HtmlColumn.Number("Pairs"),
            HtmlColumn.Number("Stated, mean"),
            HtmlColumn.Number("True, with interval"));
        foreach (CalibrationBin bin in calibration.Bins)
        {
            table.Row(
                $"{FigureText.Threshold(bin.From)} to {FigureText.Threshold(bin.To)}",
                FigureText.Count(bin.Pairs),
                FigureText.FineShare(bin.MeanProbability),
                EvaluationText.Share(bin.TrueShare));
        }
    }
}
