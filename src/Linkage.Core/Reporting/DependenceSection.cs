using Linkage.Core.Estimation;

namespace Linkage.Core.Reporting;

/// <summary>Which comparisons go together beyond what the model says, and what can be done about it.</summary>
internal static class DependenceSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        IReadOnlyList<ComparisonDependence> dependence = content.Result.Dependence;
        if (dependence.Count == 0)
        {
            html.Element("p", "Nothing to compare: the model was given, or there is one comparison only.");
            return;
        }

        html.Element(
            "p",
            "The model counts the evidence of every comparison as if one did not depend on the other. Where two agree "
            + "or differ together more often than that, they count twice. The figures are in bits: 1 is twice as often "
            + "as the model expects.");
        WriteProposals(html, [.. dependence.Where(pair => pair.IsStrong)]);
        WriteMatrix(html, content.Result);
        html.Element(
            "p",
            "Above the diagonal: among matches, how much more often both are at their worst level; such pairs weigh "
            + "too little. Below it: among non-matches of passes that use neither, how much more often both are equal; "
            + "such pairs weigh too much. What the model already takes for the wrong class does not show.",
            ("class", "soft"));
    }

    private static void WriteProposals(HtmlWriter html, ComparisonDependence[] strong)
    {
        if (strong.Length == 0)
        {
            html.Element("p", "No two comparisons go together strongly enough to do anything about it.");
            return;
        }

        html.Element(
            "p",
            "Marked pairs are worth a look: two fields that say the same belong in one group of the schema; others can "
            + "be estimated together, with the option named. Whether to do so is for people who know the data.");
        html.Open("ul");
        foreach (ComparisonDependence pair in strong)
        {
            html.Open("li");
            html.Text(
                $"{pair.First} and {pair.Second}: {FigureText.Weight(pair.DifferTogether)} differing together, "
                + $"{FigureText.Weight(pair.AgreeTogether)} agreeing together. ");
            html.Element("code", $"--interaction {pair.First}+{pair.Second}");
            html.Close();
        }

        html.Close();
    }

    private static void WriteMatrix(HtmlWriter html, LinkResult result)
    {
        string[] names = [.. result.Model.Comparisons.Select(comparison => comparison.Name)];
        Dictionary<(string, string), ComparisonDependence> pairs =
            result.Dependence.ToDictionary(pair => (pair.First, pair.Second));
        using var table = new HtmlTable(
            html,
            "Agreeing and differing together, in bits",
            [HtmlColumn.Text("Comparison"), .. names.Select(HtmlColumn.Number)]);
        for (int row = 0; row < names.Length; row++)
        {
            table.OpenRow();
            table.Cell(names[row]);
            for (int column = 0; column < names.Length; column++)
            {
                string text = row < column ? FigureText.Weight(pairs[(names[row], names[column])].DifferTogether)
                    : row > column ? FigureText.Weight(pairs[(names[column], names[row])].AgreeTogether)
                    : "";
                table.Cell(text);
            }

            table.CloseRow();
        }
    }
}
