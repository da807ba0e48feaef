using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Linkage.Core.Model;

/// <summary>The file of a model, <c>linkage-model/1</c>: the same bytes for the same model.</summary>
internal static class ModelFile
{
    /// <summary>The format's name and version.</summary>
    public const string Format = "linkage-model/1";

    /// <summary>What <c>fixed</c> of a comparison may say, by the flags; the first is never written.</summary>
    public static readonly string[] FixedWords = ["", "m", "u", "both"];

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Writes a model.</summary>
    /// <exception cref="InvalidOperationException">It breaks a rule that reading would refuse.</exception>
    public static void Write(FellegiSunterModel model, Stream stream)
    {
        if (ModelFileRules.FindFault(model) is { } fault)
        {
            throw new InvalidOperationException($"The model cannot be written: {fault}.");
        }

        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteString("linkageFingerprint", model.LinkageFingerprint);
            WriteNote(writer, model.Note);
            writer.WriteNumber("prior", model.PriorMatchProbability);
            writer.WriteStartArray("comparisons");
            foreach (ComparisonModel comparison in model.Comparisons)
            {
                WriteComparison(writer, comparison);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("nonMatchKinds");
            foreach (NonMatchKind kind in model.NonMatchKinds)
            {
                WriteKind(writer, kind);
            }

            writer.WriteEndArray();
            WriteInteractions(writer, model.Interactions);
            writer.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    private static void WriteComparison(Utf8JsonWriter writer, ComparisonModel comparison)
    {
        writer.WriteStartObject();
        writer.WriteString("name", comparison.Name);
        WriteNote(writer, comparison.Note);
        if (comparison.Fixed != FixedProbabilities.None)
        {
            writer.WriteString("fixed", FixedWords[(int)comparison.Fixed]);
        }

        writer.WriteStartArray("levels");
        foreach (LevelModel level in comparison.Levels)
        {
            writer.WriteStartObject();
            writer.WriteString("name", level.Name);
            writer.WriteNumber("m", level.MProbability);
            writer.WriteNumber("u", level.UProbability);
            writer.WriteBoolean("outOfOrder", level.IsOutOfOrder);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter writer, NonMatchKind kind)
    {
        writer.WriteStartObject();
        writer.WriteString("pass", kind.Pass);
        writer.WriteNumber("share", kind.Share);
        WriteTables(writer, "u", kind.UProbabilities);
        writer.WriteEndObject();
    }

    // Left out where there is none: a model without interactions is the same file as ever.
    private static void WriteInteractions(Utf8JsonWriter writer, IReadOnlyList<InteractionModel> interactions)
    {
        if (interactions.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("interactions");
        foreach (InteractionModel joint in interactions)
        {
            writer.WriteStartObject();
            writer.WriteString("first", joint.First);
            writer.WriteString("second", joint.Second);
            WriteTable(writer, "m", joint.MProbabilities);
            WriteTables(writer, "u", joint.UProbabilities);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTables(
        Utf8JsonWriter writer, string name, IReadOnlyList<IReadOnlyList<double>> tables)
    {
        writer.WriteStartArray(name);
        foreach (IReadOnlyList<double> table in tables)
        {
            WriteTable(writer, null, table);
        }

        writer.WriteEndArray();
    }

    private static void WriteTable(Utf8JsonWriter writer, string? name, IReadOnlyList<double> table)
    {
        if (name is not null)
        {
            writer.WritePropertyName(name);
        }

        writer.WriteStartArray();
        foreach (double probability in table)
        {
            writer.WriteNumberValue(probability);
        }

        writer.WriteEndArray();
    }

    private static void WriteNote(Utf8JsonWriter writer, string? note)
    {
        if (note is not null)
        {
            writer.WriteString("note", note);
        }
    }
}
