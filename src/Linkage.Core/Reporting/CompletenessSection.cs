using Linkage.Core.Evaluation;

namespace Linkage.Core.Reporting;

/// <summary>Which share of the true pairs was looked at, as far as it can be known without the truth.</summary>
internal static class CompletenessSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        LinkResult result = content.Result;
        if (result.Completeness is not { } completeness)
        {
            html.Element("p", $"Not estimated: {result.NoCompletenessReason}.");
            return;
        }

        html.Element(
            "p",
            $"About {FigureText.FineShare(completeness.Estimate)} of the pairs that are one person met in at least one "
            + $"pass (95 % interval {Interval(completeness)}). The others were never compared, so they are not among "
            + "the links whatever the model and the thresholds.");
        html.Element(
            "p",
            $"Estimated from the passes {string.Join(", ", completeness.CorePasses)}, which share no field: how often "
            + "matches met in one of them and not in another tells how many met in none. The interval covers chance "
            + "alone. Where the data are poor the estimate is too high, since matches that are not recognized are not "
            + "counted.",
            ("class", "soft"));
    }

    /// <summary>The interval, for example <c>99.86 % to 99.91 %</c>.</summary>
    private static string Interval(PairsCompleteness completeness) =>
        $"{FigureText.FineShare(completeness.Low)} to {FigureText.FineShare(completeness.High)}";
}
