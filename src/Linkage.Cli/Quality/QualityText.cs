using Linkage.Cli.Terminal;
using Linkage.Core.Evaluation;
using Linkage.Core.Reporting;

namespace Linkage.Cli.Quality;

/// <summary>The figures of an evaluation, for people.</summary>
/// <param name="evaluation">The figures.</param>
internal sealed class QualityText(LinkageEvaluation evaluation)
{
    private const int Decimals = 4;
    private const int MostPatterns = 3;

    /// <summary>Writes figures with intervals, what they mean, and a verdict on each group.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(TextWriter writer)
    {
        WriteFigures(writer);
        writer.WriteLine();
        foreach (string finding in EvaluationReport.Findings(evaluation))
        {
            writer.WriteLine(finding);
        }

        WriteScores(writer);
        if (evaluation.Groups.Count > 0)
        {
            WriteGroups(writer);
        }
    }

    private void WriteFigures(TextWriter writer)
    {
        TextTable table = new("", "value", "95 % interval");
        Add(table, "precision", evaluation.Total.Precision);
        Add(table, "recall", evaluation.Total.Recall);
        Add(table, "f1", evaluation.Total.F1);
        if (evaluation.BCubed is { } cubed)
        {
            Add(table, "b-cubed precision", cubed.Precision);
            Add(table, "b-cubed recall", cubed.Recall);
            Add(table, "b-cubed f1", cubed.F1);
        }

        table.WriteTo(writer);
    }

    private void WriteScores(TextWriter writer)
    {
        if (evaluation.Curve.MaxBy(point => point.F1) is QualityPoint best)
        {
            writer.WriteLine(
                $"Without one-to-one, f1 is at best {Figures.Decimal(best.F1, Decimals)}: "
                + $"all pairs of weight {Figures.Decimal(best.Weight, 2)} and above.");
        }

        if (evaluation.RocArea is { } area)
        {
            writer.WriteLine($"The area under the ROC curve of the listed pairs is {Figures.Decimal(area, Decimals)}.");
        }

        WritePatterns(writer, "Most false matches", one => one.FalseMatches);
        WritePatterns(writer, "Most missed matches", one => one.MissedMatches);
    }

    private void WritePatterns(TextWriter writer, string words, Func<PatternErrors, long> errors)
    {
        PatternErrors[] most =
            [.. evaluation.Patterns.Where(one => errors(one) > 0).OrderByDescending(errors).Take(MostPatterns)];
        if (most.Length > 0)
        {
            IEnumerable<string> texts = most.Select(one => $"{one.Pattern} {Figures.Count(errors(one))}");
            writer.WriteLine($"{words} by pattern: {string.Join(", ", texts)}.");
        }
    }

    private void WriteGroups(TextWriter writer)
    {
        bool hasReach = evaluation.Total.Unlinkable is not null;
        string[] reachHead = hasReach ? ["unlinkable"] : [];
        TextTable table = new(["group", "records", "true pairs", "precision", "recall", "f1", .. reachHead]);
        foreach (SubgroupQuality group in evaluation.Groups)
        {
            string[] reach = hasReach ? [WithInterval(group.Unlinkable)] : [];
            table.Add(
            [
                OneLine(group.Group),
                Figures.Count(group.Records),
                Figures.Count(group.Quality.TruePairs),
                WithInterval(group.Precision),
                WithInterval(group.Recall),
                Figures.Decimal(group.F1.Value, Decimals),
                .. reach,
            ]);
        }

        writer.WriteLine();
        table.WriteTo(writer);
        writer.WriteLine();
        foreach (SubgroupQuality group in evaluation.Groups)
        {
            writer.WriteLine($"{OneLine(group.Group)}: {EvaluationReport.Verdict(group)}");
        }
    }

    private static void Add(TextTable table, string name, IntervalEstimate figure) => table.Add(
        name,
        Figures.Decimal(figure.Value, Decimals),
        $"{Figures.Decimal(figure.Low, Decimals)} to {Figures.Decimal(figure.High, Decimals)}");

    private static string WithInterval(IntervalEstimate? figure) => figure is { } known
        ? $"{Figures.Decimal(known.Value, Decimals)} "
            + $"({Figures.Decimal(known.Low, Decimals)} to {Figures.Decimal(known.High, Decimals)})"
        : "-";

    // A group's name is a cell and may hold line ends.
    private static string OneLine(string name) =>
        name.Length == 0 ? "(none)" : new string([.. name.Select(c => char.IsControl(c) ? ' ' : c)]);
}
