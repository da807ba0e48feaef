using System.Text.Json;
using Linkage.Core.Evaluation;
using Linkage.Core.Reporting;

namespace Linkage.Cli.Quality;

/// <summary>The figures of an evaluation, for machines.</summary>
/// <param name="evaluation">The figures.</param>
internal sealed class QualityJson(LinkageEvaluation evaluation)
{
    /// <summary>Writes the members of an object.</summary>
    /// <param name="json">Where to.</param>
    public void Write(Utf8JsonWriter json)
    {
        WriteQuality(json, evaluation.Total.Quality);
        WriteList(json, "curve", evaluation.Curve, point =>
        {
            json.WriteNumber("weight", point.Weight);
            json.WriteNumber("precision", point.Precision);
            json.WriteNumber("recall", point.Recall);
            json.WriteNumber("f1", point.F1);
        });
        WriteList(json, "by_group", evaluation.Groups, group => WriteGroup(json, group));
        WriteEstimates(json, evaluation.Total);
        WriteBCubed(json);
        WriteListed(json);
        WriteRoc(json);
        WriteCalibration(json);
        WriteList(json, "patterns", evaluation.Patterns, one => WritePattern(json, one));
        json.WriteStartArray("findings");
        foreach (string finding in EvaluationReport.Findings(evaluation))
        {
            json.WriteStringValue(finding);
        }

        json.WriteEndArray();
    }

    private static void WriteGroup(Utf8JsonWriter json, SubgroupQuality group)
    {
        json.WriteString("group", group.Group);
        WriteQuality(json, group.Quality);
        WriteEstimates(json, group);
        WriteList(json, "gaps", group.Gaps, gap =>
        {
            json.WriteString("figure", gap.Figure switch
            {
                SubgroupFigure.Recall => "recall",
                SubgroupFigure.Precision => "precision",
                _ => "unlinkable",
            });
            json.WriteNumber("gap", gap.Gap.Value);
            WriteInterval(json, "gap_interval", gap.Gap);
            json.WriteBoolean("beyond_chance", gap.IsBeyondChance);
        });
        json.WriteString("verdict", EvaluationReport.Verdict(group));
    }

    private static void WriteEstimates(Utf8JsonWriter json, SubgroupQuality group)
    {
        json.WriteNumber("records", group.Records);
        WriteInterval(json, "precision_interval", group.Precision);
        WriteInterval(json, "recall_interval", group.Recall);
        WriteInterval(json, "f1_interval", group.F1);
        if (group.ExpectedErrorShare is { } expected)
        {
            json.WriteNumber("expected_error_share", expected);
        }

        if (group.Unlinkable is { } unlinkable)
        {
            WriteEstimate(json, "unlinkable", unlinkable);
        }

        if (group.InNoPass is { } none)
        {
            WriteEstimate(json, "in_no_pass", none);
        }
    }

    private void WriteBCubed(Utf8JsonWriter json)
    {
        if (evaluation.BCubed is not { } cubed)
        {
            return;
        }

        json.WriteStartObject("b_cubed");
        WriteEstimate(json, "precision", cubed.Precision);
        WriteEstimate(json, "recall", cubed.Recall);
        WriteEstimate(json, "f1", cubed.F1);
        json.WriteEndObject();
    }

    private void WriteListed(Utf8JsonWriter json)
    {
        if (evaluation.Listed is not { } listed)
        {
            return;
        }

        json.WriteStartObject("listed");
        json.WriteNumber("pairs", listed.Pairs);
        json.WriteNumber("true_pairs", listed.TruePairs);
        WriteEstimate(json, "pairs_completeness", listed.Completeness);
        WriteEstimate(json, "recall", listed.Recall);
        if (evaluation.Facts.HasEveryCandidate is { } every)
        {
            json.WriteBoolean("every_candidate", every);
        }

        if (evaluation.Facts.StatedCompleteness is { } stated)
        {
            WriteEstimate(json, "stated_completeness", new IntervalEstimate(stated.Estimate, stated.Low, stated.High));
        }

        json.WriteEndObject();
    }

    private void WriteRoc(Utf8JsonWriter json)
    {
        if (evaluation.RocArea is { } area)
        {
            json.WriteNumber("roc_area", area);
        }

        WriteList(json, "roc", evaluation.Roc, point =>
        {
            json.WriteNumber("weight", point.Weight);
            json.WriteNumber("false_positive_rate", point.FalsePositiveRate);
            json.WriteNumber("true_positive_rate", point.TruePositiveRate);
        });
    }

    private void WriteCalibration(Utf8JsonWriter json)
    {
        if (evaluation.Calibration is not { } calibration)
        {
            return;
        }

        json.WriteStartObject("calibration");
        json.WriteNumber("expected_calibration_error", calibration.ExpectedCalibrationError);
        json.WriteNumber("expected_precision", calibration.ExpectedPrecision);
        json.WriteNumber("expected_errors", calibration.ExpectedErrors);
        WriteList(json, "bins", calibration.Bins, bin =>
        {
            json.WriteNumber("from", bin.From);
            json.WriteNumber("to", bin.To);
            json.WriteNumber("pairs", bin.Pairs);
            json.WriteNumber("mean_probability", bin.MeanProbability);
            WriteEstimate(json, "true_share", bin.TrueShare);
        });
        json.WriteEndObject();
    }

    private static void WritePattern(Utf8JsonWriter json, PatternErrors one)
    {
        json.WriteString("pattern", one.Pattern);
        json.WriteNumber("pairs", one.Pairs);
        json.WriteNumber("true_pairs", one.TruePairs);
        json.WriteNumber("false_matches", one.FalseMatches);
        json.WriteNumber("missed_matches", one.MissedMatches);
        if (!double.IsNaN(one.MeanProbability))
        {
            json.WriteNumber("mean_probability", one.MeanProbability);
        }
    }

    private static void WriteQuality(Utf8JsonWriter json, LinkageQuality quality)
    {
        json.WriteNumber("precision", quality.Precision);
        json.WriteNumber("recall", quality.Recall);
        json.WriteNumber("f1", quality.F1);
        json.WriteNumber("true_pairs", quality.TruePairs);
        json.WriteNumber("predicted_pairs", quality.PredictedPairs);
    }

    private static void WriteEstimate(Utf8JsonWriter json, string name, IntervalEstimate estimate)
    {
        json.WriteNumber(name, estimate.Value);
        WriteInterval(json, $"{name}_interval", estimate);
    }

    private static void WriteInterval(Utf8JsonWriter json, string name, IntervalEstimate estimate)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(estimate.Low);
        json.WriteNumberValue(estimate.High);
        json.WriteEndArray();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
