using System.Text;
using System.Text.Json;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Schemas;

public class SchemaReaderTests
{
    [Theory]
    [InlineData("\"name\": \"people\"", "\"nom\": \"people\"", "nom")]
    [InlineData("\"name\": \"people\"", "\"name\": 7", "name")]
    [InlineData("linkage-schema/1", "linkage-schema/2", "format")]
    [InlineData("\"format\": \"linkage-schema/1\",", "", "format")]
    [InlineData("\"name\": \"people\"", "\"normalization\": 99", "normalization")]
    [InlineData("\"name\": \"people\"", "\"normalization\": 1.5", "normalization")]
    [InlineData("\"name\": \"people\"", "\"profile\": \"none\"", "profile")]
    [InlineData("\"name\": \"people\"", "\"population\": 0", "population")]
    [InlineData("\"name\": \"people\"", "\"population\": 1e40", "population")]
    [InlineData("\"name\": \"people\"", "\"parties\": 61", "parties")]
    [InlineData("\"name\": \"people\"", "\"parties\": 0", "parties")]
    [InlineData("\"name\": \"people\"", "\"parties\": 99999999999", "parties")]
    [InlineData("\"name\": \"people\"", "\"blockLimit\": 1", "blockLimit")]
    [InlineData("\"name\": \"people\"", "\"blockLimit\": 501", "blockLimit")]
    [InlineData("\"name\": \"people\"", "\"notes\": []", "notes")]
    [InlineData("\"name\": \"people\"", "\"thresholds\": 1", "thresholds")]
    [InlineData("\"name\": \"people\"", "\"thresholds\": {\"mach\": 1}", "thresholds.mach")]
    [InlineData("\"name\": \"people\"", "\"thresholds\": {\"match\": \"1\"}", "thresholds.match")]
    [InlineData("\"name\": \"people\"", "\"thresholds\": {\"match\": 0.4}", "thresholds.match")]
    [InlineData("\"name\": \"people\"", "\"thresholds\": {\"match\": 1.1}", "thresholds.match")]
    [InlineData("\"name\": \"people\"", "\"thresholds\": {\"match\": 1}", "thresholds.match")]
    [InlineData("\"name\": \"people\"", "\"thresholds\": {\"possible\": 0}", "thresholds.possible")]
    [InlineData("\"name\": \"people\"", "\"thresholds\": {\"possible\": 0.6}", "thresholds.possible")]
    public void Parse_SettingThatBreaksARule_NamesThePlace(string old, string replacement, string place) =>
        AssertRefused(Replace(old, replacement), place);

    [Fact]
    public void Validate_TextsAtTheirLimits_GiveAHeaderThatIsRead()
    {
        string[] words = [.. Enumerable.Range(0, 100).Select(i => $"{i}".PadLeft(256, '\u00E9'))];
        FieldSchema[] fields =
        [
            .. Enumerable.Range(0, SchemaLimits.MaxFields).Select(
                i => FieldSchema.Create($"f{i}", FieldKind.Text) with { MissingWords = words }),
        ];
        LinkageSchema schema = Samples.People with
        {
            Name = new('<', 256),
            Notes = new('<', 1 << 16),
            Fields = fields,
            Groups = [],
            Passes =
            [
                new PassSchema { Name = "a", Key = ["f0"] },
                new PassSchema { Name = "b", Key = ["f1"] },
            ],
        };
        using TempFolder folder = new();
        Encoded.Write(folder["a.lke"], schema, []);
        schema.Save(folder["a.json"]);
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);

        Assert.Equal(schema.LinkageFingerprint, file.Header.Schema.LinkageFingerprint);
        Assert.Equal(schema.LinkageFingerprint, LinkageSchema.Load(folder["a.json"]).LinkageFingerprint);
        AssertPlace(schema with { Name = new('<', 257) }, "name");
        AssertPlace(schema with { Notes = new('<', (1 << 16) + 1) }, "notes");
        FieldSchema wordy = fields[1] with { MissingWords = [new('x', 257)] };
        AssertPlace(schema with { Fields = [fields[0], wordy] }, "fields[1].missing");

        static void AssertPlace(LinkageSchema schema, string place) =>
            Assert.Equal(place, Assert.Throws<LinkageSchemaException>(schema.Validate).Place);
    }

    [Fact]
    public void Load_FileWithoutEnd_IsRefused()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Throws<LinkageSchemaException>(() => LinkageSchema.Load("/dev/zero"));
        }
    }

    [Theory]
    [InlineData("\"sex\", \"kind\": \"sex\"", "\"sex\", \"knd\": \"sex\"", "fields[3].knd")]
    [InlineData("\"sex\", \"kind\": \"sex\"", "\"sex\", \"kind\": \"gender\"", "fields[3].kind")]
    [InlineData("\"sex\", \"kind\": \"sex\"", "\"sex\"", "fields[3].kind")]
    [InlineData("\"name\": \"sex\"", "\"name\": \"dob\"", "fields[3].name")]
    [InlineData("\"name\": \"sex\"", "\"name\": \"\"", "fields[3].name")]
    [InlineData("\"name\": \"sex\"", "\"name\": \"a b\"", "fields[3].name")]
    [InlineData("\"name\": \"sex\"", "\"name\": \"Dx\"", "fields[3].name")]
    [InlineData("\"name\": \"sex\"", "\"name\": \"truth_id\"", "fields[3].name")]
    [InlineData("\"name\": \"sex\"", "\"name\": \"TRUTH_id\"", "fields[3].name")]
    [InlineData("\"name\": \"sex\",", "\"name\": null,", "fields[3].name")]
    [InlineData("\"family-name\"", "\"given-name\"", "fields[1].role")]
    [InlineData("\"family-name\"", "\"phone\"", "fields[1].role")]
    [InlineData("\"family-name\"", "\"boss\"", "fields[1].role")]
    [InlineData("\"kind\": \"date\"", "\"kind\": \"date\", \"tokens\": \"qgram\"", "fields[2].tokens")]
    [InlineData("\"postcode\" }", "\"postcode\", \"tokens\": \"date-parts\" }", "fields[4].tokens")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"q\": 5", "fields[4].q")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"q\": 0", "fields[4].q")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"weight\": 63", "fields[4].weight")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"weight\": 641", "fields[4].weight")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"weight\": \"9\"", "fields[4].weight")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"missing\": \"x\"", "fields[4].missing")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"missing\": [1]", "fields[4].missing[0]")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"cuts\": []", "fields[4].cuts")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"cuts\": [0.6, 0.7]", "fields[4].cuts")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"cuts\": [1]", "fields[4].cuts")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"cuts\": [0.5, 0]", "fields[4].cuts")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"cuts\": [\"a\"]", "fields[4].cuts[0]")]
    [InlineData("\"kind\": \"postcode\"", "\"kind\": \"postcode\", \"cuts\": [0.99]", "fields[4]")]
    [InlineData("\"kind\": \"sex\"", "\"kind\": \"sex\", \"cuts\": [0.5]", "fields[3].cuts")]
    public void Parse_FieldThatBreaksARule_NamesThePlace(string old, string replacement, string place) =>
        AssertRefused(Replace(old, replacement), place);

    [Theory]
    [InlineData("\"name\": \"birthday\"", "\"name\": \"first-zip\"", "passes[2].name")]
    [InlineData("\"name\": \"birthday\"", "\"name\": \"birth day\"", "passes[2].name")]
    [InlineData("\"name\": \"birthday\", ", "", "passes[2].name")]
    [InlineData("[\"D\", \"S\"]", "[]", "passes[2].key")]
    [InlineData("[\"D\", \"S\"]", "[\"D\", \"D\"]", "passes[2].key")]
    [InlineData("[\"D\", \"S\"]", "[\"D\", \"S\", \"Z\", \"F1\", \"L1\", \"N\", \"Y\"]", "passes[2].key")]
    [InlineData("[\"D\", \"S\"]", "[\"D\", \"Q\"]", "passes[2].key[1]")]
    [InlineData("[\"D\", \"S\"]", "[\"P\"]", "passes[2].key[0]")]
    [InlineData("[\"D\", \"S\"]", "[\"D\", 5]", "passes[2].key[1]")]
    [InlineData("[\"D\", \"S\"]", "\"D\"", "passes[2].key")]
    [InlineData("[\"D\", \"S\"]", "[\"D\"], \"limit\": 3", "passes[2].limit")]
    [InlineData("[\"D\", \"S\"]", "[\"LS\"]", "passes[2].key")]
    [InlineData("[\"D\", \"S\"]", "[\"F3\", \"FS\"]", "passes[2].key")]
    [InlineData("[\"D\", \"S\"]", "[\"last\"]", "passes[2].key")]
    public void Parse_PassThatBreaksARule_NamesThePlace(string old, string replacement, string place) =>
        AssertRefused(Replace(old, replacement), place);

    [Theory]
    [InlineData("7", "groups")]
    [InlineData("[{\"name\": \"g\", \"fields\": [\"sex\"]}]", "groups[0].fields")]
    [InlineData("[{\"name\": \"sex\", \"fields\": [\"sex\", \"zip\"]}]", "groups[0].name")]
    [InlineData("[{\"name\": \"g h\", \"fields\": [\"sex\", \"zip\"]}]", "groups[0].name")]
    [InlineData("[{\"name\": \"g\", \"fields\": [\"sex\", \"nowhere\"]}]", "groups[0].fields")]
    [InlineData("[{\"name\": \"g\", \"fields\": [\"sex\", \"sex\"]}]", "groups[0].fields")]
    [InlineData("[{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"], \"levels\": []}]", "groups[0].levels")]
    [InlineData("[{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"], \"levels\": [{}]}]", "groups[0].levels[0]")]
    [InlineData("[{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"], \"levels\": [3]}]", "groups[0].levels[0]")]
    [InlineData(
        "[{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"], \"levels\": [{\"dob\": 1}]}]", "groups[0].levels[0]")]
    [InlineData(
        "[{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"], \"levels\": [{\"sex\": 2}]}]", "groups[0].levels[0]")]
    [InlineData(
        "[{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"], \"levels\": [{\"sex\": 0}]}]", "groups[0].levels[0]")]
    [InlineData(
        "[{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"], \"levels\": [{\"sex\": \"1\"}]}]",
        "groups[0].levels[0].sex")]
    [InlineData("[{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"], \"weight\": 1}]", "groups[0].weight")]
    public void Parse_GroupThatBreaksARule_NamesThePlace(string groups, string place) =>
        AssertRefused(Replace("\"name\": \"people\"", $"\"groups\": {groups}"), place);

    [Theory]
    [InlineData("[]", "file")]
    [InlineData("7", "file")]
    [InlineData("{\"format\": \"linkage-schema/1\"}", "fields")]
    [InlineData("{\"format\": \"linkage-schema/1\", \"fields\": [7]}", "fields[0]")]
    [InlineData("{\"format\": \"linkage-schema/1\", \"fields\": {}}", "fields")]
    public void Parse_NoSchemaAtAll_NamesThePlace(string json, string place) => AssertRefused(json, place);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\n  \"format\": canary }")]
    [InlineData("{\"format\": \"linkage-schema/1\"} canary")]
    [InlineData("{\"name\": \"canary\", \"name\": \"canary\"}")]
    [InlineData("{\"format\": \"\\ud800\"}")]
    [InlineData("{\"\\ud800\": 1}")]
    public void Parse_NotJson_QuotesNothing(string json)
    {
        LinkageSchemaException e = Assert.Throws<LinkageSchemaException>(() => Samples.Schema(json));

        Assert.DoesNotContain("canary", e.Message, StringComparison.Ordinal);
        Assert.Null(e.InnerException);
    }

    [Fact]
    public void Parse_BytesThatAreNoUtf8_AreRefused()
    {
        byte[] json = Encoding.UTF8.GetBytes("{\"format\": \"??\"}");
        json[12] = 0xC3;
        json[13] = 0x28;

        Assert.Throws<LinkageSchemaException>(() => LinkageSchema.Parse(json));
    }

    [Theory]
    [InlineData("\"name\": \"people\"", "\"notes\": \"\", \"notes\": \"\"", "notes")]
    [InlineData("\"kind\": \"sex\"", "\"kind\": \"sex\", \"kind\": \"sex\"", "fields[3].kind")]
    [InlineData(
        "\"name\": \"people\"",
        "\"groups\": [{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"], \"levels\": [{\"zip\": 1, \"zip\": 2}]}]",
        "groups[0].levels[0].zip")]
    public void Parse_MemberThatStandsTwice_NamesThePlace(string old, string replacement, string place) =>
        AssertRefused(Replace(old, replacement), place);

    [Fact]
    public void Parse_ByteOrderMarkCommentsAndTrailingCommas_AreAllowed()
    {
        string json = "\uFEFF// agreed in March\n" + Replace("[\"D\", \"S\"]", "[\"D\", \"S\",]");

        Assert.Equal(Samples.People.EncodingFingerprint, Samples.Schema(json).EncodingFingerprint);
    }

    [Fact]
    public void Parse_NothingButFieldsAndPasses_TakesEveryDefault()
    {
        LinkageSchema schema = Samples.People;

        Assert.Equal(ProtectionProfile.Standard, schema.Profile);
        Assert.Equal((50_000L, 2, 50), (schema.Population, schema.Parties, schema.BlockLimit));
        Assert.Equal(DecisionThresholds.Default, schema.Thresholds);
        Assert.Equal(FieldRole.BirthDate, schema.Fields[2].Role);
        Assert.Equal(FieldRole.Sex, schema.Fields[3].Role);
        Assert.Equal([256, 256, 512, 512, 512, 512], schema.Fields.Select(f => f.IsTag ? 512 : f.Weight));
        Assert.Equal([false, false, false, true, false, true], schema.Fields.Select(f => f.IsTag));
        Assert.Empty(schema.Groups);
    }

    [Fact]
    public void Parse_AddressPhoneAndPostcodeWithoutGroups_FormTheContactGroup()
    {
        LinkageSchema schema = Samples.Schema(Replace(
            "\"name\": \"zip\", \"kind\": \"postcode\" },",
            "\"name\": \"zip\", \"kind\": \"postcode\" }, {\"name\": \"street\", \"kind\": \"address\"}, "
            + "{\"name\": \"mobile\", \"kind\": \"phone\"},"));

        FieldGroup group = Assert.Single(schema.Groups);
        Assert.Equal(["zip", "street", "mobile"], group.Fields);
        Assert.Equal([("street", 4), ("zip", 4)], group.Levels[0].Select(part => (part.Key, part.Value)));
        Assert.Equal([("mobile", 3)], group.Levels[1].Select(part => (part.Key, part.Value)));
        Assert.Equal([("street", 1), ("zip", 1)], group.Levels[2].Select(part => (part.Key, part.Value)));
        Assert.Equal(5, group.Levels.Count);
    }

    [Fact]
    public void Parse_EmptyGroups_FormNone()
    {
        string json = Replace("\"name\": \"people\"", "\"groups\": []").Replace(
            "\"kind\": \"sex\"", "\"kind\": \"address\"", StringComparison.Ordinal);

        Assert.Empty(Samples.Schema(json.Replace("\"S\"", "\"A\"", StringComparison.Ordinal)).Groups);
    }

    [Fact]
    public void Parse_PassOfOneName_IsAllowedInResearchOnly()
    {
        string json = Replace("[\"D\", \"S\"]", "[\"LS\"]");

        AssertRefused(json, "passes[2].key");
        LinkageSchema research = Samples.Schema(
            json.Replace("\"name\": \"people\"", "\"profile\": \"research\"", StringComparison.Ordinal));
        Assert.Contains(research.FindWarnings(), w => w.Contains("research", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_FieldContainedInEveryKey_IsRefused()
    {
        string json = Replace("[\"LS\", \"Y\"]", "[\"LS\", \"D\"]").Replace(
            "[\"F1\", \"Z\"]", "[\"F1\", \"D\"]", StringComparison.Ordinal);

        AssertRefused(json, "fields[2]");
    }

    [Fact]
    public void Parse_MoreFieldsOrPassesThanTheLimit_AreRefused()
    {
        string fields = string.Concat(
            Enumerable.Range(0, SchemaLimits.MaxFields).Select(i => $"{{\"name\": \"t{i}\", \"kind\": \"text\"}},"));
        string passes = string.Concat(
            Enumerable.Range(0, SchemaLimits.MaxPasses).Select(i => $"{{\"name\":\"p{i}\",\"key\":[\"D\",\"N\"]}},"));

        AssertRefused(Replace("\"fields\": [", "\"fields\": [" + fields), "fields");
        AssertRefused(Replace("\"passes\": [", "\"passes\": [" + passes), "passes");
    }

    [Fact]
    public void Parse_SurroundedBySpace_StillNamesLineAndColumnOfAnError()
    {
        LinkageSchemaException e = Assert.Throws<LinkageSchemaException>(() => Samples.Schema("{\n\n  x"));

        Assert.Equal("line 3, column 3", e.Place);
    }

    [Fact]
    public void Member_KnownToTheReader_IsWrittenBack()
    {
        LinkageSchema schema = Samples.Schema(Replace(
            "\"name\": \"people\"", "\"groups\": [{\"name\": \"g\", \"fields\": [\"sex\", \"zip\"]}]").Replace(
            "\"family-name\"", "\"family-name\", \"keyedAs\": \"first\"", StringComparison.Ordinal));
        using JsonDocument document = JsonDocument.Parse(schema.ToUtf8Json());
        JsonElement root = document.RootElement;

        Assert.Equal(SchemaMembers.Root.Where(name => name != "$schema").Order(), Names(root));
        Assert.Equal(
            SchemaMembers.Field.Order(),
            root.GetProperty("fields").EnumerateArray().SelectMany(Names).Distinct().Order());
        Assert.Equal(SchemaMembers.Pass.Order(), Names(root.GetProperty("passes")[0]));
        Assert.Equal(SchemaMembers.Group.Order(), Names(root.GetProperty("groups")[0]));
        Assert.Equal(SchemaMembers.Thresholds.Order(), Names(root.GetProperty("thresholds")));
    }

    private static string[] Names(JsonElement element) =>
        [.. element.EnumerateObject().Select(member => member.Name).Order()];

    private static string Replace(string old, string replacement)
    {
        Assert.Contains(old, Samples.PeopleJson, StringComparison.Ordinal);
        return Samples.PeopleJson.Replace(old, replacement, StringComparison.Ordinal);
    }

    private static void AssertRefused(string json, string place)
    {
        LinkageSchemaException e = Assert.Throws<LinkageSchemaException>(() => Samples.Schema(json));
        Assert.Equal(place, e.Place);
        Assert.StartsWith($"schema: {place}: ", e.Message, StringComparison.Ordinal);
    }
}
