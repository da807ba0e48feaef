using Linkage.Core.Comparisons;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>What spoke for and against one pair: an HTML file for people, without script.</summary>
/// <remarks>The file is well-formed XML too. It holds no handle and no value, only levels and weights.</remarks>
public static class PairReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="model">The model that scored the pair.</param>
    /// <param name="vector">Its answers.</param>
    /// <param name="probability">Its probability, other candidates and decisions of persons considered.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="stream">Where to; stays open.</param>
    /// <exception cref="ArgumentException">The vector has a level that the model does not know.</exception>
    public static void Write(
        FellegiSunterModel model,
        ComparisonVector vector,
        MatchProbability probability,
        Decision decision,
        Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        WaterfallStep[] steps = [.. Steps(model, vector)];
        double alone = MatchProbability.From(model.Weigh(vector), model.PriorMatchProbability).Value;
        using var html = new HtmlWriter(stream);
        html.Open("html", ("lang", "en"));
        HtmlHead.Write(html, "Linkage: why a pair was decided so");
        html.Open("body");
        html.Element("h1", "What spoke for and against this pair");
        html.Element("p", Lead(probability.Value, alone, decision), ("class", "lead"));
        WaterfallChart.Write(html, steps);
        html.Element(
            "p",
            "Weights add up; every bit more doubles the odds that both records are one person. What brought the pair: "
            + "a pair is compared because it agrees in something, and so do the non-matches that met as it did. The "
            + "prior is how rare matches are among all compared pairs.",
            ("class", "soft"));
        WriteTable(html, steps);
    }

    private static IEnumerable<WaterfallStep> Steps(FellegiSunterModel model, ComparisonVector vector)
    {
        double sum = 0;
        foreach (WeightPart part in model.Explain(vector))
        {
            string name = part.IsWhatBroughtThePair ? "what brought the pair" : string.Join(" with ", part.Comparisons);
            yield return new WaterfallStep(name, part.Meaning, sum, sum + part.Weight.Bits);
            sum += part.Weight.Bits;
        }

        double prior = Math.Log2(model.PriorMatchProbability / (1 - model.PriorMatchProbability));
        string rarity = $"{FigureText.Share(model.PriorMatchProbability)} of compared pairs are matches";
        yield return new WaterfallStep("prior", rarity, sum, sum + prior);
        yield return new WaterfallStep("sum", "log-odds of one person", 0, sum + prior);
    }

    private static string Lead(double probability, double alone, Decision decision)
    {
        const double Same = 1e-9;
        string word = decision switch
        {
            Decision.Match => "a match",
            Decision.Possible => "a possible match, left to a person",
            _ => "a non-match",
        };
        string competition = Math.Abs(probability - alone) <= Same
            ? ""
            : $" Taken alone it would be {FigureText.Probability(alone)}; other candidates compete for these records, "
                + "or a person decided.";
        return $"Decided as {word}, with a probability of {FigureText.Probability(probability)}.{competition}";
    }

    private static void WriteTable(HtmlWriter html, WaterfallStep[] steps)
    {
        using var table = new HtmlTable(
            html,
            "The same in figures, in bits",
            HtmlColumn.Text("Comparison"),
            HtmlColumn.Text("What was found"),
            HtmlColumn.Number("Weight"),
            HtmlColumn.Number("So far"));
        foreach (WaterfallStep step in steps)
        {
            table.Row(step.Name, step.Meaning, FigureText.Weight(step.Bits), FigureText.Weight(step.To));
        }
    }
}
