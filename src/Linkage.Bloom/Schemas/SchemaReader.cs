using System.Text.Json;

namespace Linkage.Bloom.Schemas;

/// <summary>Reads a schema file strictly: an unknown member is an error, a missing one takes its default.</summary>
internal static class SchemaReader
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 16,
    };

    public static LinkageSchema Read(ReadOnlyMemory<byte> utf8Json)
    {
        ReadOnlyMemory<byte> text = utf8Json.Span.StartsWith("\uFEFF"u8) ? utf8Json[3..] : utf8Json;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            return ReadRoot(document.RootElement);
        }
        catch (JsonException e)
        {
            // The parser's own message may quote the text; line and column are enough.
            throw new LinkageSchemaException(
                $"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}", "is not JSON", null);
        }
        catch (InvalidOperationException)
        {
            // Thrown where a text is asked for that ends in half a character; the inner message may quote it.
            throw new LinkageSchemaException("file", "holds text that is not Unicode");
        }
    }

    private static LinkageSchema ReadRoot(JsonElement root)
    {
        var part = new JsonPart(root, "", SchemaMembers.Root);
        if (part.Text("format") != LinkageSchema.Format)
        {
            throw new LinkageSchemaException("format", $"must be {LinkageSchema.Format}");
        }

        FieldSchema[] fields = ReadFields(part);
        return new LinkageSchema
        {
            Name = part.Text("name", ""),
            NormalizationVersion = part.SmallInteger("normalization", 1),
            Profile = part.Word("profile", SchemaWords.Profiles, ProtectionProfile.Standard),
            Population = part.Integer("population", 50_000),
            Parties = part.SmallInteger("parties", 2),
            BlockLimit = part.SmallInteger("blockLimit", 50),
            Fields = fields,
            Passes = ReadPasses(part),
            Groups = part.Has("groups") ? ReadGroups(part, fields) : ContactGroup.Default(fields),
            Thresholds = ReadThresholds(part),
            Notes = part.Text("notes", ""),
        };
    }

    private static FieldSchema[] ReadFields(JsonPart root)
    {
        JsonElement[] items = root.Items("fields");
        var fields = new FieldSchema[items.Length];
        bool[] roleGiven = new bool[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            var part = new JsonPart(items[i], $"fields[{i}]", SchemaMembers.Field);
            roleGiven[i] = part.Has("role");
            fields[i] = ReadField(part);
        }

        return FieldRoles.AssignDefaults(fields, roleGiven);
    }

    private static FieldSchema ReadField(JsonPart part)
    {
        FieldKind kind = part.Word("kind", SchemaWords.Kinds);
        TokenKind tokens = part.Word("tokens", SchemaWords.Tokens, FieldSchema.DefaultTokens(kind));
        return new FieldSchema
        {
            Name = part.Text("name"),
            Kind = kind,
            Role = part.Word("role", SchemaWords.Roles, FieldRole.None),
            Tokens = tokens,
            Q = part.SmallInteger("q", 2),
            Weight = part.SmallInteger("weight", FieldSchema.DefaultWeight(kind)),
            MissingWords = part.Texts("missing"),
            KeyedAs = part.Has("keyedAs") ? part.Text("keyedAs") : null,
            Cuts = ReadCuts(part, tokens),
        };
    }

    private static IReadOnlyList<double> ReadCuts(JsonPart part, TokenKind tokens)
    {
        if (!part.Has("cuts"))
        {
            return tokens == TokenKind.Exact ? [] : FieldSchema.DefaultCuts;
        }

        JsonElement[] items = part.Items("cuts");
        double[] cuts = new double[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].ValueKind != JsonValueKind.Number || !items[i].TryGetDouble(out cuts[i]))
            {
                throw new LinkageSchemaException($"{part.PlaceOf("cuts")}[{i}]", "must be a number");
            }
        }

        return cuts;
    }

    private static PassSchema[] ReadPasses(JsonPart root)
    {
        JsonElement[] items = root.Items("passes");
        var passes = new PassSchema[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            var part = new JsonPart(items[i], $"passes[{i}]", SchemaMembers.Pass);
            passes[i] = new PassSchema { Name = part.Text("name"), Key = part.Texts("key") };
        }

        return passes;
    }

    private static FieldGroup[] ReadGroups(JsonPart root, FieldSchema[] fields)
    {
        JsonElement[] items = root.Items("groups");
        var groups = new FieldGroup[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            var part = new JsonPart(items[i], $"groups[{i}]", SchemaMembers.Group);
            string[] members = part.Texts("fields");
            var swapped = new List<int>();
            groups[i] = new FieldGroup
            {
                Name = part.Text("name"),
                Fields = members,
                Levels = part.Has("levels") ? ReadLevels(part, swapped) : ContactGroup.DefaultLevels(fields, members),
                SwappedLevels = swapped,
            };
        }

        return groups;
    }

    private static IReadOnlyDictionary<string, int>[] ReadLevels(JsonPart group, List<int> swapped)
    {
        JsonElement[] items = group.Items("levels");
        var levels = new IReadOnlyDictionary<string, int>[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            string place = $"{group.PlaceOf("levels")}[{i}]";
            if (items[i].ValueKind != JsonValueKind.Object)
            {
                throw new LinkageSchemaException(place, "must be an object of field names and levels");
            }

            var level = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonProperty property in items[i].EnumerateObject())
            {
                string here = $"{place}.{property.Name}";
                SchemaRules.Require(seen.Add(property.Name), here, "stands twice");
                if (property.Name == SchemaMembers.Swapped && property.Value.ValueKind == JsonValueKind.True)
                {
                    swapped.Add(i);
                }
                else
                {
                    level[property.Name] = ReadLeast(property.Value, here);
                }
            }

            levels[i] = level;
        }

        return levels;
    }

    private static int ReadLeast(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int least)
            ? least
            : throw new LinkageSchemaException(place, "must be a whole number");

    private static DecisionThresholds ReadThresholds(JsonPart root)
    {
        if (!root.Has("thresholds"))
        {
            return DecisionThresholds.Default;
        }

        var part = new JsonPart(root.Member("thresholds"), "thresholds", SchemaMembers.Thresholds);
        return new DecisionThresholds(
            part.Number("match", DecisionThresholds.Default.Match),
            part.Number("possible", DecisionThresholds.Default.Possible));
    }
}
