using System.Text.Json;
using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>The part <c>thresholds</c> of the facts of a run: written with them, read back alone.</summary>
internal static class ThresholdsPart
{
    private const string Part = "thresholds";

    // A run of sixty parties with long names stays far under this.
    private const int MostBytes = 1 << 26;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Writes the table as a member of the open object.</summary>
    public static void Write(Utf8JsonWriter writer, ThresholdTable table)
    {
        writer.WriteStartObject(Part);
        writer.WriteNumber("expectedMatches", table.ExpectedMatches);
        writer.WriteStartArray("rows");
        foreach (ThresholdRow row in table.Rows)
        {
            writer.WriteStartObject();
            writer.WriteNumber("threshold", row.Threshold.Value);
            writer.WriteNumber("weight", row.Weight.Bits);
            writer.WriteNumber("links", row.Links);
            writer.WriteNumber("falseDiscovery", row.FalseDiscovery);
            writer.WriteNumber("falseNonMatch", row.FalseNonMatch);
            writer.WriteNumber("review", row.Review);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads the table out of a run's file.</summary>
    /// <exception cref="FormatException">It holds none; the message names the place.</exception>
    public static ThresholdTable Load(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!stream.CanSeek || stream.Length > MostBytes)
        {
            throw Fault("file", "is too long for the facts of a run, or no plain file");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(stream, Options);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            // The parser's own message may quote the text; line and column are enough.
            throw Fault($"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}", "is not JSON");
        }
    }

    private static ThresholdTable Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(Part, out JsonElement part))
        {
            throw Fault(Part, "is missing; link again with this version");
        }

        double expected = Number(part, Part, "expectedMatches", 0, double.MaxValue);
        if (!part.TryGetProperty("rows", out JsonElement list)
            || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() == 0)
        {
            throw Fault($"{Part}.rows", "must be a list that is not empty");
        }

        ThresholdRow[] rows = [.. list.EnumerateArray().Select(ReadRow)];
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i].Threshold.Value <= rows[i - 1].Threshold.Value)
            {
                throw Fault($"{Part}.rows[{i}].threshold", "must be over the one before");
            }
        }

        return new ThresholdTable(expected, rows);
    }

    private static ThresholdRow ReadRow(JsonElement row, int index)
    {
        string place = $"{Part}.rows[{index}]";
        return new ThresholdRow(
            new MatchProbability(Number(row, place, "threshold", 0, 1)),
            new MatchWeight(Number(row, place, "weight", double.MinValue, double.MaxValue)),
            Count(row, place, "links"),
            Number(row, place, "falseDiscovery", 0, 1),
            Number(row, place, "falseNonMatch", 0, 1),
            Count(row, place, "review"));
    }

    private static double Number(JsonElement element, string place, string name, double least, double most) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out double number)
        && number >= least
        && number <= most
            ? number
            : throw Fault($"{place}.{name}", "must be a number in its range");

    private static long Count(JsonElement element, string place, string name) =>
        element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out long count)
        && count >= 0
            ? count
            : throw Fault($"{place}.{name}", "must be a whole number from 0");

    private static FormatException Fault(string place, string message) => new($"run: {place}: {message}");
}
