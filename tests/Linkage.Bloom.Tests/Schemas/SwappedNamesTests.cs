using System.Text;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Schemas;

/// <summary>Fields keyed as another, and levels at which two fields agree crosswise.</summary>
public class SwappedNamesTests
{
    private const string Group =
        "\"groups\": [{\"name\": \"names\", \"fields\": [\"first\", \"last\"], \"levels\": [LEVELS]}]";

    private const string Family = "\"role\": \"family-name\"";

    private static string KeyedAlike => Replace(Samples.PeopleJson, Family, Family + ", \"keyedAs\": \"first\"");

    // The fingerprints that this schema has had since its members were settled.
    [Fact]
    public void Fingerprints_NothingKeyedAlike_AreThoseOfOld()
    {
        LinkageSchema schema = Samples.Schema(Replace(
            Samples.PeopleJson, "\"kind\": \"sex\"", "\"kind\": \"address\"").Replace(
            "\"S\"", "\"A\"", StringComparison.Ordinal));
        string json = Encoding.UTF8.GetString(schema.ToUtf8Json());

        Assert.Equal("a0049a55c22d2d65b757b5f00be3f4ba028e467b0d53f638cf8e330ace847d43", schema.EncodingFingerprint);
        Assert.Equal("201ebb13e33a5e59a170dc4722b9dd679d8548b8109df011b8d07e6a2663a864", schema.LinkageFingerprint);
        Assert.DoesNotContain("keyedAs", json, StringComparison.Ordinal);
        Assert.DoesNotContain("swapped", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"given-name\"", "\"given-name\", \"keyedAs\": \"last\"", "fields[0].keyedAs")]
    [InlineData("\"family-name\"", "\"family-name\", \"keyedAs\": \"last\"", "fields[1].keyedAs")]
    [InlineData("\"family-name\"", "\"family-name\", \"keyedAs\": \"nowhere\"", "fields[1].keyedAs")]
    [InlineData("\"family-name\"", "\"family-name\", \"keyedAs\": \"\"", "fields[1].keyedAs")]
    [InlineData("\"family-name\"", "\"family-name\", \"keyedAs\": null", "fields[1].keyedAs")]
    [InlineData("\"family-name\"", "\"family-name\", \"keyedAs\": 1", "fields[1].keyedAs")]
    [InlineData("\"kind\": \"sex\"", "\"kind\": \"sex\", \"keyedAs\": \"first\"", "fields[3].keyedAs")]
    [InlineData("\"family-name\"", "\"family-name\", \"keyedAs\": \"first\", \"q\": 3", "fields[1].keyedAs")]
    [InlineData("\"family-name\"", "\"family-name\", \"keyedAs\": \"first\", \"weight\": 300", "fields[1].keyedAs")]
    [InlineData(
        "\"family-name\"", "\"family-name\", \"keyedAs\": \"first\", \"missing\": [\"nn\"]", "fields[1].keyedAs")]
    [InlineData(
        "\"family-name\"", "\"family-name\", \"keyedAs\": \"first\", \"tokens\": \"positional\"", "fields[1].keyedAs")]
    public void Parse_FieldKeyedAsWhatItCannotBe_NamesThePlace(string old, string replacement, string place) =>
        AssertRefused(Replace(Samples.PeopleJson, old, replacement), place);

    [Fact]
    public void Parse_FieldKeyedAsOneThatIsKeyedAsAnother_IsRefused()
    {
        string third = ", { \"name\": \"born\", \"kind\": \"name\", \"keyedAs\": \"OTHER\" },";
        string json = Replace(KeyedAlike, "\"keyedAs\": \"first\" },", "\"keyedAs\": \"first\" }" + third);

        Samples.Schema(json.Replace("OTHER", "first", StringComparison.Ordinal));
        AssertRefused(json.Replace("OTHER", "last", StringComparison.Ordinal), "fields[2].keyedAs");
    }

    [Fact]
    public void Parse_NumberKeyedAsFourDigits_IsRefused()
    {
        string json = Replace(
            Samples.PeopleJson,
            "\"last-four\" }",
            "\"last-four\" }, {\"name\": \"n\", \"kind\": \"number\", \"keyedAs\": \"last4\"}");

        AssertRefused(json, "fields[6].keyedAs");
    }

    [Theory]
    [InlineData("{\"first\": 4, \"swapped\": true}", "groups[0].levels[0]")]
    [InlineData("{\"swapped\": true}", "groups[0].levels[0]")]
    [InlineData("{\"first\": 4, \"last\": 5, \"swapped\": true}", "groups[0].levels[0]")]
    [InlineData("{\"first\": 4, \"last\": 4, \"swapped\": false}", "groups[0].levels[0].swapped")]
    [InlineData("{\"first\": 4, \"last\": 4, \"swapped\": 1}", "groups[0].levels[0]")]
    [InlineData("{\"first\": 4, \"last\": true}", "groups[0].levels[0].last")]
    [InlineData("{\"first\": 4, \"last\": 4, \"swapped\": true, \"swapped\": true}", "groups[0].levels[0].swapped")]
    public void Parse_LevelThatCannotBeSwapped_NamesThePlace(string level, string place) =>
        AssertRefused(WithLevels(KeyedAlike, level), place);

    [Fact]
    public void Parse_SwappedLevelOfFieldsThatCannotBeCompared_IsRefused()
    {
        const string Level = "{\"first\": 1, \"last\": 1, \"swapped\": true}";

        AssertRefused(WithLevels(Samples.PeopleJson, Level), "groups[0].levels[0]");
        AssertRefused(
            WithLevels(Replace(KeyedAlike, "\"given-name\"", "\"given-name\", \"cuts\": [0.7]"), Level),
            "groups[0].levels[0]");
    }

    [Fact]
    public void Parse_FieldNamedAsTheFlag_IsAFieldWhereItHasANumber()
    {
        string json = Replace(WithLevels(KeyedAlike, "{\"swapped\": 4, \"first\": 4}"), "\"last\"", "\"swapped\"");

        FieldGroup group = Samples.Schema(json).Groups[0];
        Assert.Empty(group.SwappedLevels);
        Assert.Equal(4, group.Levels[0]["swapped"]);
        AssertRefusedInCode(group with { SwappedLevels = [0] }, Samples.Schema(json), "groups[0].levels[0]");
    }

    [Fact]
    public void Validate_SwappedLevelThatIsNotThere_IsRefused()
    {
        LinkageSchema schema = Samples.People.WithSwappedNames();
        FieldGroup group = schema.Groups[0];

        AssertRefusedInCode(group with { SwappedLevels = [1, 1] }, schema, "groups[0].levels");
        AssertRefusedInCode(group with { SwappedLevels = [-1] }, schema, "groups[0].levels");
        AssertRefusedInCode(group with { SwappedLevels = [group.Levels.Count] }, schema, "groups[0].levels");
    }

    [Fact]
    public void WithSwappedNames_PeopleSchema_ComparesBothNamesJointly()
    {
        LinkageSchema schema = Samples.People.WithSwappedNames();

        schema.Validate();
        FieldGroup group = Assert.Single(schema.Groups);
        Assert.Equal("first", schema.Fields[1].KeyedAs);
        Assert.Null(schema.Fields[0].KeyedAs);
        Assert.Equal(["first", "last"], group.Fields);
        Assert.Equal([1], group.SwappedLevels);
        Assert.Equal(10, group.LevelCount);
        Assert.Equal(
            ["44", "41", "41", "14", "11", "40", "04", "01", "10"],
            group.Levels.Select(level => $"{level.GetValueOrDefault("first")}{level.GetValueOrDefault("last")}"));
        Assert.Equal(schema.LinkageFingerprint, LinkageSchema.Parse(schema.ToUtf8Json()).LinkageFingerprint);
    }

    [Fact]
    public void WithSwappedNames_NamesComparedForEquality_HasNoLevelTwice()
    {
        FieldSchema[] fields = [.. Samples.People.Fields];
        fields[0] = fields[0] with { Tokens = TokenKind.Exact, Cuts = [] };
        fields[1] = fields[1] with { Tokens = TokenKind.Exact, Cuts = [] };
        FieldGroup group = (Samples.People with { Fields = fields }).WithSwappedNames().Groups[0];

        Assert.Equal([1], group.SwappedLevels);
        Assert.Equal(
            ["11", "11", "10", "01"],
            group.Levels.Select(level => $"{level.GetValueOrDefault("first")}{level.GetValueOrDefault("last")}"));
    }

    [Fact]
    public void WithSwappedNames_FamilyNameFirst_KeysTheGivenNameAsIt()
    {
        LinkageSchema schema = Samples.People with
        {
            Fields = [Samples.People.Fields[1], Samples.People.Fields[0], .. Samples.People.Fields.Skip(2)],
        };

        Assert.Equal([null, "last"], schema.WithSwappedNames().Fields.Take(2).Select(field => field.KeyedAs));
    }

    [Fact]
    public void WithSwappedNames_NamesThatCannotBeCompared_IsRefused()
    {
        LinkageSchema schema = Samples.People;
        FieldSchema given = schema.Fields[0];

        AssertPlace(schema with { Fields = [.. schema.Fields.Skip(1)] }, "fields");
        AssertPlace(schema with { Fields = [given with { Q = 3 }, .. schema.Fields.Skip(1)] }, "fields[1].keyedAs");
        AssertPlace(
            schema with { Fields = [given with { Cuts = [0.7] }, .. schema.Fields.Skip(1)] }, "groups[0].levels[1]");
        AssertPlace(schema.WithSwappedNames(), "groups[1].name");

        static void AssertPlace(LinkageSchema schema, string place) =>
            Assert.Equal(place, Assert.Throws<LinkageSchemaException>(() => schema.WithSwappedNames()).Place);
    }

    private static void AssertRefusedInCode(FieldGroup group, LinkageSchema schema, string place)
    {
        LinkageSchema changed = schema with { Groups = [group] };
        Assert.Equal(place, Assert.Throws<LinkageSchemaException>(changed.Validate).Place);
    }

    private static void AssertRefused(string json, string place) =>
        Assert.Equal(place, Assert.Throws<LinkageSchemaException>(() => Samples.Schema(json)).Place);

    private static string WithLevels(string json, string levels) =>
        Replace(json, "\"name\": \"people\"", Group.Replace("LEVELS", levels, StringComparison.Ordinal));

    private static string Replace(string json, string old, string replacement)
    {
        Assert.Contains(old, json, StringComparison.Ordinal);
        return json.Replace(old, replacement, StringComparison.Ordinal);
    }
}
