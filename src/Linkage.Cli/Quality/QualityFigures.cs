using System.Runtime.InteropServices;
using System.Text.Json;
using Linkage.Cli.Terminal;
using Linkage.Core.Evaluation;

namespace Linkage.Cli.Quality;

/// <summary>The figures of an evaluation, for people and for machines.</summary>
/// <param name="Total">The quality over all records.</param>
/// <param name="Curve">The quality at every threshold; empty for entities.</param>
/// <param name="ByGroup">The quality by group; empty when it was not asked for.</param>
internal sealed record QualityFigures(
    LinkageQuality Total, IReadOnlyList<QualityPoint> Curve, IReadOnlyList<GroupQuality> ByGroup)
{
    private const int Decimals = 4;

    /// <summary>Evaluates pairs.</summary>
    /// <param name="records">The records and their truth.</param>
    /// <param name="pairs">The pairs.</param>
    /// <returns>All figures.</returns>
    public static QualityFigures OfPairs(EvaluationRecords records, List<PredictedPair> pairs)
    {
        ReadOnlySpan<PredictedPair> span = CollectionsMarshal.AsSpan(pairs);
        return new QualityFigures(
            PairEvaluator.Evaluate(records, span),
            PairEvaluator.EvaluateCurve(records, span),
            PairEvaluator.EvaluateByGroup(records, span));
    }

    /// <summary>Evaluates entities.</summary>
    /// <param name="records">The records and their truth.</param>
    /// <param name="entities">The entity of each record.</param>
    /// <returns>All figures.</returns>
    public static QualityFigures OfEntities(EvaluationRecords records, int[] entities) => new(
        PairEvaluator.EvaluateEntities(records, entities),
        [],
        PairEvaluator.EvaluateEntitiesByGroup(records, entities));

    /// <summary>Writes the figures for people.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteText(TextWriter writer)
    {
        TextTable total = new("", "true pairs", "predicted pairs", "precision", "recall", "f1");
        Add(total, "all", Total);
        foreach (GroupQuality group in ByGroup)
        {
            Add(total, OneLine(group.Group), group.Quality);
        }

        total.WriteTo(writer);
        if (Curve.MaxBy(point => point.F1) is QualityPoint best)
        {
            writer.WriteLine();
            writer.WriteLine(
                $"without one-to-one, f1 is at best {Figures.Decimal(best.F1, Decimals)}: "
                + $"all pairs of weight {Figures.Decimal(best.Weight, 2)} and above");
        }
    }

    /// <summary>Writes the figures for machines.</summary>
    /// <param name="json">Inside an open object.</param>
    public void WriteJson(Utf8JsonWriter json)
    {
        WriteQuality(json, Total);
        json.WriteStartArray("curve");
        foreach (QualityPoint point in Curve)
        {
            json.WriteStartObject();
            json.WriteNumber("weight", point.Weight);
            json.WriteNumber("precision", point.Precision);
            json.WriteNumber("recall", point.Recall);
            json.WriteNumber("f1", point.F1);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("by_group");
        foreach (GroupQuality group in ByGroup)
        {
            json.WriteStartObject();
            json.WriteString("group", group.Group);
            WriteQuality(json, group.Quality);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Add(TextTable table, string name, LinkageQuality quality) => table.Add(
        name,
        Figures.Count(quality.TruePairs),
        Figures.Count(quality.PredictedPairs),
        Figures.Decimal(quality.Precision, Decimals),
        Figures.Decimal(quality.Recall, Decimals),
        Figures.Decimal(quality.F1, Decimals));

    private static void WriteQuality(Utf8JsonWriter json, LinkageQuality quality)
    {
        json.WriteNumber("precision", quality.Precision);
        json.WriteNumber("recall", quality.Recall);
        json.WriteNumber("f1", quality.F1);
        json.WriteNumber("true_pairs", quality.TruePairs);
        json.WriteNumber("predicted_pairs", quality.PredictedPairs);
    }

    // A group's name is a cell and may hold line ends.
    private static string OneLine(string name) =>
        name.Length == 0 ? "(none)" : new string([.. name.Select(c => char.IsControl(c) ? ' ' : c)]);
}
