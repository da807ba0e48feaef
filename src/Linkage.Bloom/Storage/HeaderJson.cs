using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>The header of an encoded file as JSON.</summary>
internal static class HeaderJson
{
    public static byte[] Write(EncodedFileHeader header, SchemaFacts schema, FileLayout layout)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("format", FormatOf(FileLayout.Version));
            if (header.Schema.Profile == ProtectionProfile.Research)
            {
                writer.WriteString(
                    "warning", "profile research: these encodings protect nobody; synthetic or public data only");
            }

            writer.WriteString("software", header.Software);
            writer.WriteString("encodingFingerprint", schema.EncodingFingerprint);
            writer.WriteString("linkageFingerprint", schema.LinkageFingerprint);
            writer.WriteString("project", header.Project);
            writer.WriteString("keyId", header.KeyId);
            writer.WriteNumber("epoch", header.Epoch);
            writer.WriteString("checkValue", header.CheckValue);
            writer.WriteString("party", header.Party);
            writer.WriteNumber("records", header.RecordCount);
            writer.WriteNumber("unusableRecords", header.UnusableRecords);
            WriteCounts(writer, header);
            AgreementJson.Write(writer, header.Agreement ?? new AgreementTable([]));
            WriteColumns(writer, layout);
            writer.WritePropertyName("schema");
            writer.WriteRawValue(schema.Json, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a header.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="version">Format version, as the file's prefix says it.</param>
    /// <param name="path">The file, for messages.</param>
    public static (EncodedFileHeader Header, SchemaFacts Schema) Read(
        ReadOnlyMemory<byte> json, uint version, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(document.RootElement, version);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or LinkageSchemaException)
        {
            // The messages of the JSON reader may quote the header.
            string what = e is LinkageSchemaException schema ? schema.Message : "is not JSON of Unicode text";
            throw new EncodingFormatException(path, FileLayout.PrefixLength, $"header: {what}");
        }
    }

    private static (EncodedFileHeader Header, SchemaFacts Schema) Read(JsonElement root, uint version)
    {
        var part = new JsonPart(
            root, "", "format", "warning", "software", "encodingFingerprint", "linkageFingerprint", "project", "keyId",
            "epoch", "checkValue", "party", "records", "unusableRecords", "fields", "passes", AgreementJson.Member,
            "columns", "schema");
        if (part.Text("format") != FormatOf(version))
        {
            throw new LinkageSchemaException("format", $"must be {FormatOf(version)}");
        }

        SchemaFacts facts = ReadSchema(part);
        LinkageSchema schema = facts.Schema;
        int records = Count(part, "records");
        var header = new EncodedFileHeader
        {
            Schema = schema,
            Project = part.Text("project"),
            KeyId = part.Text("keyId"),
            Epoch = part.SmallInteger("epoch", 0),
            CheckValue = part.Text("checkValue"),
            Party = part.Text("party"),
            Software = part.Text("software"),
            RecordCount = records,
            UnusableRecords = Count(part, "unusableRecords"),
            Fields = ReadList(part, "fields", schema.Fields.Count, ReadField),
            Passes = ReadList(part, "passes", schema.Passes.Count, ReadPass),
            Agreement = ReadAgreement(part, version, facts, records),
        };
        return (header, facts);
    }

    private static string FormatOf(uint version) =>
        string.Create(CultureInfo.InvariantCulture, $"{EncodedFileHeader.FormatName}{version}");

    private static AgreementTable? ReadAgreement(JsonPart part, uint version, SchemaFacts schema, int records)
    {
        if (version > FileLayout.FirstVersion)
        {
            return AgreementJson.Read(part, schema, records);
        }

        SchemaRules.Require(!part.Has(AgreementJson.Member), AgreementJson.Member, "is not known");
        return null;
    }

    private static SchemaFacts ReadSchema(JsonPart part)
    {
        if (!part.Has("schema"))
        {
            throw new LinkageSchemaException("schema", "is missing");
        }

        SchemaFacts schema = SchemaCache.Shared.Read(JsonMarshal.GetRawUtf8Value(part.Member("schema")));
        bool same = schema.EncodingFingerprint == part.Text("encodingFingerprint")
            && schema.LinkageFingerprint == part.Text("linkageFingerprint");
        return same
            ? schema : throw new LinkageSchemaException("schema", "does not have the fingerprints of the header");
    }

    private static T[] ReadList<T>(JsonPart part, string name, int count, Func<JsonElement, string, T> read)
    {
        JsonElement[] items = part.Items(name);
        if (items.Length != count)
        {
            throw new LinkageSchemaException(name, "has another length than in the schema");
        }

        return [.. items.Select((item, i) => read(item, $"{name}[{i}]"))];
    }

    private static FieldCounts ReadField(JsonElement element, string place)
    {
        var part = new JsonPart(element, place, "name", "present", "cut", "invalidDates");
        return new FieldCounts(Count(part, "present"), Count(part, "cut"), Count(part, "invalidDates"));
    }

    private static PassCounts ReadPass(JsonElement element, string place)
    {
        var part = new JsonPart(
            element, place, "name", "rows", "withoutKey", "droppedRecords", "droppedBlocks", "largestBlock");
        return new PassCounts(
            Count(part, "rows"),
            Count(part, "withoutKey"),
            Count(part, "droppedRecords"),
            Count(part, "droppedBlocks"),
            Count(part, "largestBlock"));
    }

    private static int Count(JsonPart part, string name)
    {
        int value = part.SmallInteger(name, -1);
        return value >= 0 ? value : throw new LinkageSchemaException(part.PlaceOf(name), "is missing or negative");
    }

    private static void WriteCounts(Utf8JsonWriter writer, EncodedFileHeader header)
    {
        writer.WriteStartArray("fields");
        for (int i = 0; i < header.Fields.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("name", header.Schema.Fields[i].Name);
            writer.WriteNumber("present", header.Fields[i].Present);
            writer.WriteNumber("cut", header.Fields[i].Cut);
            writer.WriteNumber("invalidDates", header.Fields[i].InvalidDates);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("passes");
        for (int i = 0; i < header.Passes.Count; i++)
        {
            PassCounts counts = header.Passes[i];
            writer.WriteStartObject();
            writer.WriteString("name", header.Schema.Passes[i].Name);
            writer.WriteNumber("rows", counts.Rows);
            writer.WriteNumber("withoutKey", counts.WithoutKey);
            writer.WriteNumber("droppedRecords", counts.DroppedRecords);
            writer.WriteNumber("droppedBlocks", counts.DroppedBlocks);
            writer.WriteNumber("largestBlock", counts.LargestBlock);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // For readers in other languages; ours computes the layout from the schema and does not trust this list.
    private static void WriteColumns(Utf8JsonWriter writer, FileLayout layout)
    {
        writer.WriteStartArray("columns");
        foreach (EncodedColumn column in layout.Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("section", column.Section);
            writer.WriteString("name", column.Name);
            writer.WriteNumber("width", column.Width);
            writer.WriteNumber("rows", column.Rows);
            writer.WriteNumber("offset", column.Offset);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
