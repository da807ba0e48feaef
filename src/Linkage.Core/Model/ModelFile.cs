using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Linkage.Core.Model;

/// <summary>The file of a model, <c>linkage-model/1</c>: the same bytes for the same model.</summary>
internal static class ModelFile
{
    /// <summary>The format's name and version.</summary>
    public const string Format = "linkage-model/1";

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
            writer.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    private static void WriteComparison(Utf8JsonWriter writer, ComparisonModel comparison)
    {
        writer.WriteStartObject();
        writer.WriteString("name", comparison.Name);
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
        writer.WriteStartArray("u");
        foreach (IReadOnlyList<double> comparison in kind.UProbabilities)
        {
            writer.WriteStartArray();
            foreach (double u in comparison)
            {
                writer.WriteNumberValue(u);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
