using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Tests.Agreements.Support;

namespace Linkage.Sidecar.Tests.Agreements;

public sealed class AgreementTextTests : IDisposable
{
    private readonly AgreementSample _sample = new("health", "benefits", "schools");

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Write_MembersTextsAndNumbers_AreInTheCanonicalForm()
    {
        using var document = JsonDocument.Parse(
            """{ "b": [ 1, -20, null, true ], "a": "x\"\\ é€😀", "Z": { } }""");

        Assert.Equal(
            """{"Z":{},"a":"x\"\\ \u00e9\u20ac\ud83d\ude00","b":[1,-20,null,true]}""",
            Encoding.ASCII.GetString(CanonicalJson.Write(document.RootElement)));
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("-0")]
    [InlineData("99999999999999999999")]
    public void Write_NumberThatIsNotWhole_IsRefused(string number)
    {
        using var document = JsonDocument.Parse(number);

        Assert.Throws<FormatException>(() => CanonicalJson.Write(document.RootElement));
    }

    [Fact]
    public void Read_OtherOrderAndWhiteSpace_HasTheSameDigest()
    {
        AgreementText text = _sample.Text;
        JsonObject parsed = JsonNode.Parse(AgreementText.Format(_sample.Document))!.AsObject();
        JsonObject turned = new(parsed.Reverse().Select(
            member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

        Assert.Equal(text.Digest, AgreementText.Read(Encoding.UTF8.GetBytes(turned.ToJsonString())).Digest);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(text.Canonical.Span)), text.Digest);
    }

    [Fact]
    public void Read_AnyMemberChanged_HasAnotherDigest()
    {
        string digest = _sample.Text.Digest;
        AgreementDocument document = _sample.Document;
        AgreementDocument[] changed =
        [
            document with { Title = "Another pilot" },
            document with { Default = "share" },
            document with { Exceptions = [] },
            document with { Expires = document.Expires.AddDays(1) },
            document with { Parties = [.. document.Parties.Reverse()] },
            document with { ReleaseLifetime = "P31D" },
        ];

        Assert.All(changed, one => Assert.NotEqual(digest, AgreementText.Of(one).Digest));
    }

    [Theory]
    [InlineData("\"title\": \"A pilot\"", "\"title\": \"A pilot\", \"extra\": 1")]
    [InlineData("\"title\": \"A pilot\"", "\"title\": \"A pilot\", \"title\": \"A pilot\"")]
    [InlineData("\"title\": \"A pilot\",", "")]
    [InlineData("\"title\": \"A pilot\"", "\"title\": null")]
    [InlineData("\"title\": \"A pilot\"", "\"title\": \"A \\u0007 pilot\"")]
    [InlineData("\"title\": \"A pilot\"", "\"title\": \"\\ud83d\"")]
    [InlineData("\"title\": \"A pilot\"", "\"title\": \"A \\u202etolip\"")]
    [InlineData("\"title\": \"A pilot\"", "\"title\": \"A \\u2066pilot\"")]
    [InlineData("\"title\": \"A pilot\"", "\"title\": \"A\\u200b pilot\"")]
    [InlineData("\"title\": \"A pilot\"", "\"Title\": \"A pilot\"")]
    [InlineData("\"version\": 1", "\"version\": 1.0")]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("\"version\": 1", "\"version\": 0")]
    [InlineData("\"format\": \"linkage-agreement/1\"", "\"format\": \"linkage-agreement/2\"")]
    [InlineData("\"default\": \"deny\"", "\"default\": \"Share\"")]
    [InlineData("\"answer\": \"ask\"", "\"answer\": \"maybe\"")]
    [InlineData("\"expires\": \"2030-12-31\"", "\"expires\": \"2029-12-31\"")]
    [InlineData("\"responseDeadline\": \"P14D\"", "\"responseDeadline\": \"P0D\"")]
    [InlineData("\"responseDeadline\": \"P14D\"", "\"responseDeadline\": \"P2W\"")]
    [InlineData("\"name\": \"benefits\"", "\"name\": \"health\"")]
    [InlineData("\"clause\": \"2.1\"", "\"clause\": \"default\"")]
    [InlineData("\"publicKey\": \"M", "\"publicKey\": \"N")]
    public void Read_SomethingWrong_IsRefused(string right, string wrong)
    {
        string text = Encoding.UTF8.GetString(AgreementText.Format(_sample.Document));
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.Throws<AgreementFormatException>(() => AgreementText.Read(
            Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [Fact]
    public void Read_RuleOfAPartyOrPurposeThatIsNotThere_IsRefused()
    {
        LookupRule rule = _sample.Document.LookupRules[0];
        LookupRule[] wrong =
        [
            rule with { Asking = ["police"] }, rule with { About = [] }, rule with { Purposes = ["study"] },
            rule with { Asking = ["*", "health"] }, rule with { About = ["health", "health"] },
            rule with { Show = ["name"] },
        ];

        Assert.All(wrong, one => Assert.Throws<AgreementFormatException>(
            () => AgreementText.Of(_sample.Document with { LookupRules = [one] })));
    }

    [Fact]
    public void Read_TwoPartiesWithOneKey_IsRefused()
    {
        AgreementParty first = _sample.Document.Parties[0];

        Assert.Throws<AgreementFormatException>(() => AgreementText.Of(
            _sample.Document with { Parties = [first, first with { Name = "other" }] }));
    }

    [Fact]
    public void Read_DocumentOverTheLimit_IsRefused() => Assert.Throws<AgreementFormatException>(
        () => AgreementText.Read(new byte[AgreementText.LongestDocument + 1]));

    [Fact]
    public void IsValid_SignatureOfEachParty_HoldsForThatPartyAndDocumentOnly()
    {
        AgreementText text = _sample.Text;
        AgreementText other = AgreementText.Of(_sample.Document with { Title = "Another" });
        AgreementSignature signature = AgreementSigning.Read(AgreementSigning.Format(_sample.Sign(text, "health")));

        Assert.True(AgreementSigning.IsValid(text, signature));
        Assert.False(AgreementSigning.IsValid(other, signature));
        Assert.False(AgreementSigning.IsValid(other, signature with { Digest = other.Digest }));
        Assert.False(AgreementSigning.IsValid(text, signature with { Party = "benefits" }));
        Assert.False(AgreementSigning.IsValid(text, signature with { SignedAt = "2030-01-15T12:00:01Z" }));
        Assert.False(AgreementSigning.IsValid(text, signature with { SignedAt = "yesterday" }));
        Assert.False(AgreementSigning.IsValid(text, signature with { Version = 2 }));
        Assert.False(AgreementSigning.IsValid(text, signature with { Signature = "" }));
    }

    [Fact]
    public void IsValid_EveryBitOfASignatureTurned_Fails()
    {
        AgreementText text = _sample.Text;
        AgreementSignature signature = _sample.Sign(text, "schools");
        byte[] bytes = Convert.FromBase64String(signature.Signature);
        for (int bit = 0; bit < bytes.Length * 8; bit += 7)
        {
            byte[] turned = [.. bytes];
            turned[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(AgreementSigning.IsValid(
                text, signature with { Signature = Convert.ToBase64String(turned) }));
        }
    }

    [Fact]
    public void Sign_KeyOfAnotherParty_IsRefused() => Assert.Throws<AgreementFormatException>(
        () => AgreementSigning.Sign(_sample.Text, "health", _sample.KeyOf("benefits"), AgreementSample.Within));

    [Fact]
    public void IsPublicKey_OtherCurveOrForm_IsNone()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        byte[] info = _sample.KeyOf("health").ExportSubjectPublicKeyInfo();
        info[^1] ^= 1; // off the curve

        Assert.True(SigningKey.IsPublicKey(_sample.Document.Parties[0].PublicKey));
        Assert.False(SigningKey.IsPublicKey(SigningKey.PublicKeyOf(other)));
        Assert.False(SigningKey.IsPublicKey(Convert.ToBase64String(info)));
        Assert.False(SigningKey.IsPublicKey(_sample.Document.Parties[0].PublicKey + "\n"));
        Assert.False(SigningKey.IsPublicKey("?"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("parties")]
    [InlineData("purposes")]
    [InlineData("lookupRules")]
    [InlineData("exceptions")]
    public void Schema_Members_AreThoseOfAnAgreement(string place)
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(SchemaPath()));
        using var document = JsonDocument.Parse(AgreementText.Format(_sample.Document));
        JsonElement shape = place.Length == 0
            ? schema.RootElement
            : schema.RootElement.GetProperty("properties").GetProperty(place).GetProperty("items");
        JsonElement value = place.Length == 0
            ? document.RootElement
            : document.RootElement.GetProperty(place)[0];
        string[] members = [.. value.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)];

        Assert.Equal(members, Names(shape.GetProperty("properties").EnumerateObject().Select(one => one.Name)));
        Assert.Equal(members, Names(shape.GetProperty("required").EnumerateArray().Select(one => one.GetString()!)));
        Assert.False(shape.GetProperty("additionalProperties").GetBoolean());
    }

    private static IEnumerable<string> Names(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);

    private static string SchemaPath()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Join(at.FullName, "Linkage.sln")))
        {
            at = at.Parent;
        }

        return at is null
            ? throw new DirectoryNotFoundException("No folder above the test assembly holds Linkage.sln.")
            : Path.Join(at.FullName, "docs", "linkage-agreement-1.schema.json");
    }
}
