using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Schemas;

public class SchemaRoundTripTests
{
    [Fact]
    public void Parse_WrittenSchema_GivesItBack() => Prop.ForAll(SchemaGen.Arbitrary, schema =>
    {
        LinkageSchema compact = LinkageSchema.Parse(schema.ToUtf8Json());
        LinkageSchema indented = LinkageSchema.Parse(schema.ToUtf8Json(indented: true));
        return AreEqual(schema, compact) && AreEqual(schema, indented);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fingerprints_WhiteSpaceAndOrderOfMembers_DoNotMatter() => Prop.ForAll(SchemaGen.Arbitrary, schema =>
    {
        JsonNode reversed = Reverse(JsonNode.Parse(schema.ToUtf8Json())!);
        return HasFingerprints(schema, LinkageSchema.Parse(schema.ToUtf8Json(indented: true)))
            && HasFingerprints(schema, Samples.Schema(reversed.ToJsonString()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fingerprints_DefaultsSpelledOut_AreThoseOfDefaultsLeftOut() =>
        Assert.True(HasFingerprints(Samples.People, LinkageSchema.Parse(Samples.People.ToUtf8Json())));

    [Fact]
    public void Load_SavedSchema_GivesItBack()
    {
        using TempFolder folder = new();
        Samples.People.Save(folder["a.json"]);

        Assert.True(AreEqual(Samples.People, LinkageSchema.Load(folder["a.json"])));
        Assert.Equal((byte)'\n', File.ReadAllBytes(folder["a.json"])[^1]);
    }

    // Member by member, so that a member which the writer forgets is noticed.
    private static bool AreEqual(LinkageSchema left, LinkageSchema right) =>
        (left.Name, left.NormalizationVersion, left.Profile, left.Thresholds, left.Notes)
            == (right.Name, right.NormalizationVersion, right.Profile, right.Thresholds, right.Notes)
        && (left.Population, left.Parties, left.BlockLimit) == (right.Population, right.Parties, right.BlockLimit)
        && left.Fields.Select(Describe).SequenceEqual(right.Fields.Select(Describe))
        && left.Passes.Select(Describe).SequenceEqual(right.Passes.Select(Describe))
        && left.Groups.Select(Describe).SequenceEqual(right.Groups.Select(Describe))
        && HasFingerprints(left, right);

    private static bool HasFingerprints(LinkageSchema left, LinkageSchema right) =>
        left.EncodingFingerprint == right.EncodingFingerprint && left.LinkageFingerprint == right.LinkageFingerprint;

    // Missing words are a set; q and weight belong to the token kinds that use them.
    private static string Describe(FieldSchema field) => string.Join('|', [
        field.Name, field.Kind, field.Role, field.Tokens, field.Tokens == TokenKind.QGram ? field.Q : 0,
        field.IsTag ? 0 : field.Weight, field.KeyedAs ?? "",
        .. field.MissingWords.Order(StringComparer.Ordinal), .. field.Cuts]);

    private static string Describe(PassSchema pass) => string.Join('|', [pass.Name, .. pass.Key]);

    private static string Describe(FieldGroup group) => string.Join('|', [
        group.Name, .. group.Fields, .. group.SwappedLevels.Order(),
        .. group.Levels.Select(level => string.Join(',', level.OrderBy(part => part.Key, StringComparer.Ordinal)))]);

    private static JsonNode Reverse(JsonNode node) => node switch
    {
        JsonObject part => new JsonObject(
            part.Reverse().Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Reverse(member.Value!)))),
        JsonArray list => new JsonArray([.. list.Select(item => Reverse(item!))]),
        _ => node.DeepClone(),
    };
}
