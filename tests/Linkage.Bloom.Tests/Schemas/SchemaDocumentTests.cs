using System.Text.Json;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Schemas;

/// <summary>The published JSON Schema says what the reader does.</summary>
public class SchemaDocumentTests
{
    private static readonly JsonElement Document = JsonDocument
        .Parse(File.ReadAllBytes(RepositoryFiles.Find("docs/linkage-schema-1.schema.json"))).RootElement;

    [Theory]
    [InlineData("")]
    [InlineData("field")]
    [InlineData("pass")]
    [InlineData("group")]
    [InlineData("thresholds")]
    public void Document_Members_AreThoseOfTheReader(string part)
    {
        string[] known = part switch
        {
            "" => SchemaMembers.Root,
            "field" => SchemaMembers.Field,
            "pass" => SchemaMembers.Pass,
            "group" => SchemaMembers.Group,
            _ => SchemaMembers.Thresholds,
        };
        JsonElement definition = Part(part);

        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            definition.GetProperty("properties").EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.False(definition.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Document_Words_AreThoseOfTheReader()
    {
        Assert.Equal(SchemaWords.Kinds.Select(w => w.Word).Order(), Words("field", "kind").Order());
        Assert.Equal(SchemaWords.Roles.Select(w => w.Word).Order(), Words("field", "role").Order());
        Assert.Equal(SchemaWords.Tokens.Select(w => w.Word).Order(), Words("field", "tokens").Order());
        Assert.Equal(SchemaWords.Profiles.Select(w => w.Word).Order(), Words("", "profile").Order());
        string[] derivations =
        [
            .. Member("pass", "key").GetProperty("items").GetProperty("anyOf")[0].GetProperty("enum").EnumerateArray()
                .Select(word => word.GetString()!),
        ];
        Assert.Equal(Enum.GetNames<DerivationKind>().Where(name => name != "Whole").Order(), derivations.Order());
    }

    [Fact]
    public void Document_EveryWord_IsKnownToAnEnumeration()
    {
        Assert.Equal(Enum.GetValues<FieldKind>().Length, SchemaWords.Kinds.Length);
        Assert.Equal(Enum.GetValues<FieldRole>().Length, SchemaWords.Roles.Length);
        Assert.Equal(Enum.GetValues<TokenKind>().Length, SchemaWords.Tokens.Length);
        Assert.Equal(Enum.GetValues<ProtectionProfile>().Length, SchemaWords.Profiles.Length);
    }

    [Fact]
    public void Document_Limits_AreThoseOfTheRules()
    {
        Assert.Equal(SchemaLimits.MaxFields, Number("", "fields", "maxItems"));
        Assert.Equal(SchemaLimits.MaxPasses, Number("", "passes", "maxItems"));
        Assert.Equal(SchemaLimits.MaxParties, Number("", "parties", "maximum"));
        Assert.Equal(SchemaLimits.MaxBlockRecords, Number("", "blockLimit", "maximum"));
        Assert.Equal(NormalizationTables.Version, Number("", "normalization", "const"));
        Assert.Equal(LinkageSchema.Format, Member("", "format").GetProperty("const").GetString());
    }

    [Theory]
    [InlineData("population", "minimum", -1)]
    [InlineData("parties", "minimum", -1)]
    [InlineData("parties", "maximum", 1)]
    [InlineData("blockLimit", "minimum", -1)]
    [InlineData("blockLimit", "maximum", 1)]
    public void Document_Bound_IsTheLastThatTheReaderTakes(string member, string bound, int beyond)
    {
        int last = Number("", member, bound);

        Samples.Schema(WithSetting(member, last));
        LinkageSchemaException e = Assert.Throws<LinkageSchemaException>(
            () => Samples.Schema(WithSetting(member, last + beyond)));
        Assert.Equal(member, e.Place);
    }

    [Theory]
    [InlineData("q", "minimum", -1)]
    [InlineData("q", "maximum", 1)]
    [InlineData("weight", "minimum", -1)]
    [InlineData("weight", "maximum", 1)]
    public void Document_BoundOfAField_IsTheLastThatTheReaderTakes(string member, string bound, int beyond)
    {
        int last = Number("field", member, bound);

        Samples.Schema(WithZipSetting(member, last));
        LinkageSchemaException e = Assert.Throws<LinkageSchemaException>(
            () => Samples.Schema(WithZipSetting(member, last + beyond)));
        Assert.Equal($"fields[4].{member}", e.Place);
    }

    [Fact]
    public void Document_Defaults_AreThoseOfTheReader()
    {
        LinkageSchema schema = Samples.People;

        Assert.Equal(schema.Population, Number("", "population", "default"));
        Assert.Equal(schema.Parties, Number("", "parties", "default"));
        Assert.Equal(schema.BlockLimit, Number("", "blockLimit", "default"));
        Assert.Equal(schema.Fields[0].Q, Number("field", "q", "default"));
        Assert.Equal(
            DecisionThresholds.Default,
            new DecisionThresholds(
                Member("thresholds", "match").GetProperty("default").GetDouble(),
                Member("thresholds", "possible").GetProperty("default").GetDouble()));
    }

    [Fact]
    public void Document_RequiredMembers_CannotBeLeftOut()
    {
        Assert.Equal(["format", "fields", "passes"], Required(""));
        Assert.Equal(["name", "kind"], Required("field"));
        Assert.Equal(["name", "key"], Required("pass"));
        Assert.Equal(["name", "fields"], Required("group"));
    }

    private static string[] Required(string part) =>
        [.. Part(part).GetProperty("required").EnumerateArray().Select(name => name.GetString()!)];

    private static JsonElement Part(string part) =>
        part.Length == 0 ? Document : Document.GetProperty("$defs").GetProperty(part);

    private static JsonElement Member(string part, string name) =>
        Part(part).GetProperty("properties").GetProperty(name);

    private static int Number(string part, string name, string keyword) =>
        Member(part, name).GetProperty(keyword).GetInt32();

    private static string[] Words(string part, string name) =>
        [.. Member(part, name).GetProperty("enum").EnumerateArray().Select(word => word.GetString()!)];

    private static string WithSetting(string member, int value) => Samples.PeopleJson.Replace(
        "\"name\": \"people\"", FormattableString.Invariant($"\"{member}\": {value}"), StringComparison.Ordinal);

    // The lowest cut that still stands for something, so that any weight separates a typing error from noise.
    private static string WithZipSetting(string member, int value) => Samples.PeopleJson.Replace(
        "\"kind\": \"postcode\"",
        FormattableString.Invariant($"\"kind\": \"postcode\", \"cuts\": [0.01], \"{member}\": {value}"),
        StringComparison.Ordinal);
}
