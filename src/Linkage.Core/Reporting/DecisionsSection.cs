using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>How many pairs were decided how, and how sure the model is of it.</summary>
internal static class DecisionsSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        LinkResult result = content.Result;
        if (result.CandidateCount == 0)
        {
            html.Element("p", "No two records met in any pass, so there was nothing to decide.");
            return;
        }

        double[] sums = SumProbabilities(result);
        WriteTable(html, content, sums);
        WriteExpectation(html, content.Counts.Matches, sums[(int)Decision.Match]);
        WeightHistogramChart.Write(html, WeightHistogram.From(result));
        html.Element(
            "p",
            "The match weight adds up, in bits, what the fields of a pair say: every bit more doubles the odds that "
            + "both records are one person. A clear valley between two hills means that the two kinds of pairs are "
            + "easy to tell apart.",
            ("class", "soft"));
    }

    private static void WriteTable(HtmlWriter html, ReportContent content, double[] sums)
    {
        Bloom.Schemas.DecisionThresholds thresholds = content.Result.Thresholds;
        string match = FigureText.Threshold(thresholds.Match);
        string possible = FigureText.Threshold(thresholds.Possible);
        (Decision Decision, string Word, string Rule, long Pairs)[] rows =
        [
            (Decision.Match, "match",
                $"probability from {match}, weight from {FigureText.Weight(content.WeightOf(thresholds.Match))}",
                content.Counts.Matches),
            (Decision.Possible, "possible",
                $"probability from {possible}, weight from {FigureText.Weight(content.WeightOf(thresholds.Possible))}",
                content.Counts.Possibles),
            (Decision.NonMatch, "non-match",
                content.Counts.LostPairs > 0 ? "below, or lost to a better partner" : "below",
                content.Counts.NonMatches),
        ];
        using var table = new HtmlTable(
            html,
            "Decisions over all candidate pairs",
            HtmlColumn.Text("Decision"),
            HtmlColumn.Text("Rule"),
            HtmlColumn.Number("Pairs"),
            HtmlColumn.Number("Share"),
            HtmlColumn.Number("Mean probability"));
        foreach ((Decision decision, string word, string rule, long pairs) in rows)
        {
            string mean = pairs > 0 ? FigureText.Share(sums[(int)decision] / pairs) : "–";
            string share = FigureText.Share(pairs, content.Result.CandidateCount);
            table.Row(word, rule, FigureText.Count(pairs), share, mean);
        }
    }

    private static void WriteExpectation(HtmlWriter html, long matches, double sum)
    {
        if (matches == 0)
        {
            return;
        }

        double wrong = Math.Max(0, matches - sum);
        html.Element(
            "p",
            $"If the model is right, about {FigureText.Count((long)Math.Round(wrong))} of the "
            + $"{FigureText.Count(matches, "link", "links")} ({FigureText.Share(wrong / matches)}) are "
            + "wrong and join two different persons.");
    }

    private static double[] SumProbabilities(LinkResult result)
    {
        double[] sums = new double[3];
        foreach (LinkedPair pair in result.Pairs)
        {
            if (pair.Decision != Decision.NonMatch)
            {
                sums[(int)pair.Decision] += pair.Probability.Value;
            }
        }

        double all = result.ThresholdTable.ExpectedMatches;
        sums[(int)Decision.NonMatch] = Math.Max(0, all - sums[(int)Decision.Match] - sums[(int)Decision.Possible]);
        return sums;
    }
}
