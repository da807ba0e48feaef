using System.Text.Json;
using Linkage.Core.Estimation;

namespace Linkage.Core.Reporting;

/// <summary>The part of a run's facts that says how sure the model is.</summary>
internal static class RunFileEstimation
{
    public static void Write(Utf8JsonWriter writer, LinkResult result)
    {
        WriteIntervals(writer, result.Intervals);
        writer.WriteStartArray("dependence");
        foreach (ComparisonDependence pair in result.Dependence)
        {
            writer.WriteStartObject();
            writer.WriteString("first", pair.First);
            writer.WriteString("second", pair.Second);
            writer.WriteNumber("differTogether", pair.DifferTogether);
            writer.WriteNumber("agreeTogether", pair.AgreeTogether);
            writer.WriteBoolean("strong", pair.IsStrong);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteIntervals(Utf8JsonWriter writer, ModelIntervals? intervals)
    {
        if (intervals is null)
        {
            writer.WriteNull("intervals");
            return;
        }

        writer.WriteStartObject("intervals");
        writer.WritePropertyName("prior");
        WriteInterval(writer, intervals.Prior);
        writer.WriteStartArray("comparisons");
        foreach (ComparisonIntervals comparison in intervals.Comparisons)
        {
            writer.WriteStartObject();
            writer.WriteString("name", comparison.Name);
            WriteLevels(writer, "m", comparison.M);
            WriteLevels(writer, "u", comparison.U);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteLevels(
        Utf8JsonWriter writer, string name, IReadOnlyList<ProbabilityInterval>? levels)
    {
        if (levels is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (ProbabilityInterval interval in levels)
        {
            WriteInterval(writer, interval);
        }

        writer.WriteEndArray();
    }

    private static void WriteInterval(Utf8JsonWriter writer, ProbabilityInterval interval)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(interval.Low);
        writer.WriteNumberValue(interval.High);
        writer.WriteEndArray();
    }
}
