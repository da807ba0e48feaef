using System.Text.Json;
using Linkage.Bloom.Storage;
using Linkage.Cli.Input;

namespace Linkage.Cli.Terminal;

/// <summary>Shows what an encoded file says of itself, for people and for machines.</summary>
/// <param name="header">The file's header.</param>
internal sealed class HeaderText(EncodedFileHeader header)
{
    /// <summary>Writes the tables of fields and passes.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTables(TextWriter writer)
    {
        writer.WriteLine();
        TextTable fields = new("field", "present", "share", "invalid dates", "cut");
        for (int i = 0; i < header.Fields.Count; i++)
        {
            FieldCounts counts = header.Fields[i];
            fields.Add(
                header.Schema.Fields[i].Name,
                Figures.Count(counts.Present),
                Figures.Percent(counts.Present, header.RecordCount),
                Figures.Count(counts.InvalidDates),
                Figures.Count(counts.Cut));
        }

        fields.WriteTo(writer);
        writer.WriteLine();
        TextTable passes = new(
            "pass", "records", "share", "without key", "dropped records", "dropped blocks", "largest block");
        for (int i = 0; i < header.Passes.Count; i++)
        {
            PassCounts counts = header.Passes[i];
            passes.Add(
                header.Schema.Passes[i].Name,
                Figures.Count(counts.Rows),
                Figures.Percent(counts.Rows, header.RecordCount),
                Figures.Count(counts.WithoutKey),
                Figures.Count(counts.DroppedRecords),
                Figures.Count(counts.DroppedBlocks),
                Figures.Count(counts.LargestBlock));
        }

        passes.WriteTo(writer);
    }

    /// <summary>Writes the header's members into an open JSON object.</summary>
    /// <param name="json">The writer.</param>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("party", header.Party);
        json.WriteString("project", header.Project);
        json.WriteString("profile", ProfileWords.Of(header.Schema.Profile));
        json.WriteString("schema", header.Schema.Name);
        json.WriteString("encoding_fingerprint", header.Schema.EncodingFingerprint);
        json.WriteString("linkage_fingerprint", header.Schema.LinkageFingerprint);
        json.WriteString("key_id", header.KeyId);
        json.WriteNumber("epoch", header.Epoch);
        json.WriteString("check_value", header.CheckValue);
        json.WriteString("software", header.Software);
        json.WriteNumber("records", header.RecordCount);
        json.WriteNumber("unusable_records", header.UnusableRecords);
        WriteFields(json);
        WritePasses(json);
    }

    private void WriteFields(Utf8JsonWriter json)
    {
        json.WriteStartArray("fields");
        for (int i = 0; i < header.Fields.Count; i++)
        {
            FieldCounts counts = header.Fields[i];
            json.WriteStartObject();
            json.WriteString("name", header.Schema.Fields[i].Name);
            json.WriteNumber("present", counts.Present);
            json.WriteNumber("invalid_dates", counts.InvalidDates);
            json.WriteNumber("cut", counts.Cut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WritePasses(Utf8JsonWriter json)
    {
        json.WriteStartArray("passes");
        for (int i = 0; i < header.Passes.Count; i++)
        {
            PassCounts counts = header.Passes[i];
            json.WriteStartObject();
            json.WriteString("name", header.Schema.Passes[i].Name);
            json.WriteNumber("records", counts.Rows);
            json.WriteNumber("without_key", counts.WithoutKey);
            json.WriteNumber("dropped_records", counts.DroppedRecords);
            json.WriteNumber("dropped_blocks", counts.DroppedBlocks);
            json.WriteNumber("largest_block", counts.LargestBlock);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
