using System.Buffers;
using System.Text.Json;

namespace Linkage.Bloom.Schemas;

/// <summary>Writes a schema: the file, and the canonical parts that are fingerprinted.</summary>
internal static class SchemaWriter
{
    public static byte[] Write(LinkageSchema schema, bool indented)
    {
        return Build(indented, writer =>
        {
            writer.WriteString("format", LinkageSchema.Format);
            writer.WriteString("name", schema.Name);
            WriteEncodingSettings(writer, schema);
            WriteFields(writer, schema, withEncoding: true, withCuts: true);
            WritePasses(writer, schema);
            WriteLinkageSettings(writer, schema);
        });
    }

    public static byte[] WriteEncodingPart(LinkageSchema schema)
    {
        return Build(indented: false, writer =>
        {
            writer.WriteString("format", LinkageSchema.Format);
            WriteEncodingSettings(writer, schema);
            writer.WriteNumber("bits", SchemaLimits.BitLength);
            writer.WriteNumber("diffusion", SchemaLimits.DiffusionCount);
            WriteFields(writer, schema, withEncoding: true, withCuts: false);
            WritePasses(writer, schema);
        });
    }

    public static byte[] WriteLinkagePart(LinkageSchema schema)
    {
        return Build(indented: false, writer =>
        {
            writer.WriteString("encoding", schema.EncodingFingerprint);
            writer.WriteString("name", schema.Name);
            WriteFields(writer, schema, withEncoding: false, withCuts: true);
            WriteLinkageSettings(writer, schema);
        });
    }

    private static byte[] Build(bool indented, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        if (indented)
        {
            buffer.Write("\n"u8);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEncodingSettings(Utf8JsonWriter writer, LinkageSchema schema)
    {
        writer.WriteNumber("normalization", schema.NormalizationVersion);
        writer.WriteString("profile", SchemaWords.WordFor(SchemaWords.Profiles, schema.Profile));
        writer.WriteNumber("population", schema.Population);
        writer.WriteNumber("parties", schema.Parties);
        writer.WriteNumber("blockLimit", schema.BlockLimit);
    }

    private static void WriteFields(Utf8JsonWriter writer, LinkageSchema schema, bool withEncoding, bool withCuts)
    {
        writer.WriteStartArray("fields");
        foreach (FieldSchema field in schema.Fields)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            if (withEncoding)
            {
                WriteFieldEncoding(writer, field);
            }

            if (withCuts && !field.IsTag)
            {
                writer.WriteStartArray("cuts");
                foreach (double cut in field.Cuts)
                {
                    writer.WriteNumberValue(cut);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFieldEncoding(Utf8JsonWriter writer, FieldSchema field)
    {
        writer.WriteString("kind", SchemaWords.WordFor(SchemaWords.Kinds, field.Kind));
        writer.WriteString("role", SchemaWords.WordFor(SchemaWords.Roles, field.Role));
        writer.WriteString("tokens", SchemaWords.WordFor(SchemaWords.Tokens, field.Tokens));
        if (field.Tokens == TokenKind.QGram)
        {
            writer.WriteNumber("q", field.Q);
        }

        if (!field.IsTag)
        {
            writer.WriteNumber("weight", field.Weight);
        }

        WriteStrings(writer, "missing", [.. field.MissingWords.Distinct().Order(StringComparer.Ordinal)]);

        // Left out when there is none: schemas from before there was such a member keep their fingerprint.
        if (field.KeyedAs is not null)
        {
            writer.WriteString("keyedAs", field.KeyedAs);
        }
    }

    private static void WritePasses(Utf8JsonWriter writer, LinkageSchema schema)
    {
        writer.WriteStartArray("passes");
        foreach (PassSchema pass in schema.Passes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", pass.Name);
            WriteStrings(writer, "key", pass.Key);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLinkageSettings(Utf8JsonWriter writer, LinkageSchema schema)
    {
        writer.WriteStartArray("groups");
        foreach (FieldGroup group in schema.Groups)
        {
            writer.WriteStartObject();
            writer.WriteString("name", group.Name);
            WriteStrings(writer, "fields", group.Fields);
            writer.WriteStartArray("levels");
            for (int i = 0; i < group.Levels.Count; i++)
            {
                WriteLevel(writer, group.Levels[i], group.SwappedLevels.Contains(i));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("thresholds");
        writer.WriteNumber("match", schema.Thresholds.Match);
        writer.WriteNumber("possible", schema.Thresholds.Possible);
        writer.WriteEndObject();
        writer.WriteString("notes", schema.Notes);
    }

    private static void WriteLevel(Utf8JsonWriter writer, IReadOnlyDictionary<string, int> level, bool swapped)
    {
        writer.WriteStartObject();
        foreach ((string field, int least) in level.OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            writer.WriteNumber(field, least);
        }

        if (swapped)
        {
            writer.WriteBoolean(SchemaMembers.Swapped, true);
        }

        writer.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
