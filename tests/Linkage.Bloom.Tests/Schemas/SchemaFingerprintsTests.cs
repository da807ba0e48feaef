using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Schemas;

public class SchemaFingerprintsTests
{
    [Fact]
    public void Fingerprints_ChangedCopyOfASchemaInUse_AreThoseOfTheCopy()
    {
        LinkageSchema schema = Samples.Schema(Samples.PeopleJson);
        string encoding = schema.EncodingFingerprint;
        string linkage = schema.LinkageFingerprint;

        LinkageSchema copy = schema with { Profile = ProtectionProfile.Research };

        Assert.NotEqual(encoding, copy.EncodingFingerprint);
        Assert.NotEqual(linkage, copy.LinkageFingerprint);
    }

    [Fact]
    public void EncodingFingerprint_WhateverChangesBits_ChangesIt()
    {
        LinkageSchema schema = Samples.People;
        LinkageSchema[] changed =
        [
            schema with { NormalizationVersion = 2 },
            schema with { Profile = ProtectionProfile.Research },
            schema with { Population = 60_000 },
            schema with { Parties = 3 },
            schema with { BlockLimit = 51 },
            schema with { Fields = [.. schema.Fields.Reverse()] },
            schema with { Fields = [.. schema.Fields.SkipLast(1)] },
            schema with { Passes = [.. schema.Passes.Reverse()] },
            schema with { Passes = [.. schema.Passes.Skip(1)] },
            WithField(schema, field => field with { Name = "given" }),
            WithField(schema, field => field with { Kind = FieldKind.Text }),
            WithField(schema, field => field with { Role = FieldRole.None }),
            WithField(schema, field => field with { Tokens = TokenKind.Exact }),
            WithField(schema, field => field with { Tokens = TokenKind.Positional }),
            WithField(schema, field => field with { Q = 3 }),
            WithField(schema, field => field with { Weight = 257 }),
            WithField(schema, field => field with { MissingWords = ["none"] }),
            WithField(schema, field => field with { KeyedAs = "last" }),
            WithPass(schema, pass => pass with { Name = "other" }),
            WithPass(schema, pass => pass with { Key = ["LS", "YM"] }),
            WithPass(schema, pass => pass with { Key = ["Y", "LS"] }),
        ];
        string[] fingerprints = [schema.EncodingFingerprint, .. changed.Select(s => s.EncodingFingerprint)];

        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
        Assert.All(changed, s => Assert.NotEqual(schema.LinkageFingerprint, s.LinkageFingerprint));
    }

    [Fact]
    public void EncodingFingerprint_WhateverIsForLinkageOnly_LeavesIt()
    {
        LinkageSchema schema = Samples.People;
        FieldGroup group = new()
        {
            Name = "g",
            Fields = ["sex", "zip"],
            Levels = [new Dictionary<string, int> { ["sex"] = 1 }],
        };
        LinkageSchema grouped = schema with { Groups = [group] };
        LinkageSchema[] changed =
        [
            schema with { Name = "other" },
            schema with { Notes = "remark" },
            schema with { Thresholds = new DecisionThresholds(0.6, 0.1) },
            schema with { Thresholds = new DecisionThresholds(0.5, 0.2) },
            WithField(schema, field => field with { Cuts = [0.7] }),
            grouped,
            schema with { Groups = [group with { Name = "h" }] },
            schema with { Groups = [group with { Fields = ["zip", "sex"] }] },
            schema with { Groups = [group with { Levels = [new Dictionary<string, int> { ["zip"] = 1 }] }] },
            schema with { Groups = [group with { Levels = [new Dictionary<string, int> { ["zip"] = 2 }] }] },
            schema with { Groups = [group with { SwappedLevels = [0] }] },
        ];
        string[] linkage = [schema.LinkageFingerprint, .. changed.Select(s => s.LinkageFingerprint)];

        Assert.All(changed, s => Assert.Equal(schema.EncodingFingerprint, s.EncodingFingerprint));
        Assert.Equal(linkage.Length, linkage.Distinct().Count());
    }

    [Fact]
    public void EncodingFingerprint_WhatATokenKindDoesNotUse_LeavesIt()
    {
        LinkageSchema schema = Samples.People;
        FieldSchema[] fields = [.. schema.Fields];
        fields[3] = fields[3] with { Weight = 300, Q = 3 };
        fields[4] = fields[4] with { Q = 4 };

        Assert.Equal(schema.EncodingFingerprint, (schema with { Fields = fields }).EncodingFingerprint);
    }

    [Fact]
    public void EncodingFingerprint_MissingWordsInAnotherOrder_LeaveIt()
    {
        LinkageSchema one = WithField(Samples.People, field => field with { MissingWords = ["a", "b"] });
        LinkageSchema two = WithField(Samples.People, field => field with { MissingWords = ["b", "a", "b"] });

        Assert.Equal(one.EncodingFingerprint, two.EncodingFingerprint);
    }

    private static LinkageSchema WithField(LinkageSchema schema, Func<FieldSchema, FieldSchema> change) =>
        schema with { Fields = [change(schema.Fields[0]), .. schema.Fields.Skip(1)] };

    private static LinkageSchema WithPass(LinkageSchema schema, Func<PassSchema, PassSchema> change) =>
        schema with { Passes = [change(schema.Passes[0]), .. schema.Passes.Skip(1)] };
}
