using System.Globalization;
using System.Text.Json;
using Linkage.Cli.Terminal;
using Linkage.Core.Scoring;

namespace Linkage.Cli.Unit;

/// <summary>The thresholds of a run with what is expected of each, and which one to take.</summary>
/// <param name="table">The table of the run.</param>
/// <param name="target">The share of wrong links that is borne; null for the greatest expected F1.</param>
internal sealed class ThresholdAdvice(ThresholdTable table, double? target)
{
    private const int Decimals = 4;
    private const int MostTargetDecimals = 6;

    private readonly ThresholdRow _advised = table.Recommend(target);

    /// <summary>Writes the table and the recommendation for people.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteText(TextWriter writer)
    {
        writer.WriteLine(
            $"expected matches among the candidates: {Figures.Count((long)Math.Round(table.ExpectedMatches))}");
        writer.WriteLine();
        TextTable rows = new("threshold", "weight", "links", "precision", "recall", "F1", "review");
        foreach (ThresholdRow row in table.Rows)
        {
            rows.Add(
                Exact(row.Threshold.Value),
                Figures.Decimal(row.Weight.Bits, 2),
                Figures.Count(row.Links),
                Figures.Decimal(row.Precision, Decimals),
                Figures.Decimal(row.Recall, Decimals),
                Figures.Decimal(row.F1, Decimals),
                Figures.Count(row.Review));
        }

        rows.WriteTo(writer);
        writer.WriteLine();
        WriteAdvice(writer);
    }

    /// <summary>Writes the same for machines.</summary>
    /// <param name="json">Inside an open object.</param>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteNumber("expected_matches", table.ExpectedMatches);
        json.WriteStartArray("rows");
        foreach (ThresholdRow row in table.Rows)
        {
            WriteRow(json, row);
        }

        json.WriteEndArray();
        json.WritePropertyName("recommended");
        WriteRow(json, _advised);
        if (FindTarget() is { } option)
        {
            json.WriteNumber("target_fdr", option);
        }
        else
        {
            json.WriteNull("target_fdr");
        }
    }

    private void WriteAdvice(TextWriter writer)
    {
        if (table.Rows[0].Links == 0)
        {
            writer.WriteLine("no pair reaches any of these thresholds, so none is recommended");
            return;
        }

        string threshold = Exact(_advised.Threshold.Value);
        writer.WriteLine(
            target is { } share
                ? $"recommended: {threshold}, the lowest threshold that keeps wrong links within {Exact(share)}"
                : $"recommended: {threshold}, which weighs wrong and missed links equally (greatest expected F1)");
        double wrong = _advised.FalseDiscovery * _advised.Links;
        double missed = _advised.FalseNonMatch * table.ExpectedMatches;
        writer.WriteLine(
            $"of {Figures.Count(_advised.Links)} links about {Figures.Count((long)Math.Round(wrong))} would join two "
            + $"persons; about {Figures.Count((long)Math.Round(missed))} true pairs among the candidates would be "
            + "missed");
        string schema = $"set thresholds.match to {threshold} in a schema and give it to link with --schema";
        writer.WriteLine(FindTarget() is { } option
            ? $"to use it: link --target-fdr {Exact(option)}"
            : $"to use it: {schema}");
    }

    /// <summary>A round target under which link takes the advised row.</summary>
    private double? FindTarget()
    {
        if (target is not null)
        {
            return target;
        }

        for (int decimals = 3; decimals <= MostTargetDecimals; decimals++)
        {
            double scale = Math.Pow(10, decimals);
            double rounded = Math.Max(
                ThresholdTable.LeastTarget, Math.Ceiling(_advised.FalseDiscovery * scale) / scale);
            if (rounded < 1 && table.Recommend(rounded).Links == _advised.Links)
            {
                return rounded;
            }
        }

        return null;
    }

    private static void WriteRow(Utf8JsonWriter json, ThresholdRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("threshold", row.Threshold.Value);
        json.WriteNumber("weight", row.Weight.Bits);
        json.WriteNumber("links", row.Links);
        json.WriteNumber("precision", row.Precision);
        json.WriteNumber("recall", row.Recall);
        json.WriteNumber("f1", row.F1);
        json.WriteNumber("false_discovery", row.FalseDiscovery);
        json.WriteNumber("false_non_match", row.FalseNonMatch);
        json.WriteNumber("review", row.Review);
        json.WriteEndObject();
    }

    private static string Exact(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
