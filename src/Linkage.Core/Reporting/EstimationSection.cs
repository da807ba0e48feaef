using System.Globalization;
using Linkage.Core.Estimation;

namespace Linkage.Core.Reporting;

/// <summary>How each start of the estimation ended.</summary>
internal static class EstimationSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        IReadOnlyList<EmFit> fits = content.Result.Fits;
        if (fits.Count == 0)
        {
            html.Element("p", "The model was given; nothing was estimated from these files.");
            return;
        }

        if (fits.FirstOrDefault(fit => fit.IsChosen) is { } chosen)
        {
            string iterations = FigureText.Count(chosen.Iterations);
            html.Element(
                "p",
                chosen.HasConverged
                    ? $"The estimation settled after {iterations} iterations."
                    : $"The estimation did not settle: it stopped at its limit of {iterations} iterations, so its "
                        + "figures are provisional.");
        }

        html.Element(
            "p",
            "It was tried from several starts, since it can also end at households instead of persons; that shows by a "
            + "large share of excess matches. Among the starts without such excess the most likely one is used.",
            ("class", "soft"));
        WriteTable(html, fits);
        FitHistoryChart.Write(html, fits);
    }

    private static void WriteTable(HtmlWriter html, IReadOnlyList<EmFit> fits)
    {
        using var table = new HtmlTable(
            html,
            "Starts",
            HtmlColumn.Text("Start"),
            HtmlColumn.Text("How it ended"),
            HtmlColumn.Number("Iterations"),
            HtmlColumn.Number("Last change"),
            HtmlColumn.Number("Share of matches"),
            HtmlColumn.Number("Excess matches"),
            HtmlColumn.Number("Log-likelihood"));
        foreach (EmFit fit in fits)
        {
            table.Row(
                fit.IsChosen ? $"{fit.Start} (used)" : fit.Start,
                fit.HasConverged ? "settled" : "stopped at the limit",
                FigureText.Count(fit.Iterations),
                fit.LastChange.ToString("0.0e-0", CultureInfo.InvariantCulture),
                FigureText.Share(fit.PriorMatchProbability),
                FigureText.Share(fit.ExcessMatches),
                fit.LogLikelihood.ToString("N1", CultureInfo.InvariantCulture).Replace('-', '−'));
        }
    }
}
