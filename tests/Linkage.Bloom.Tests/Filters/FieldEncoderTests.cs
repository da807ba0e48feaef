using Linkage.Bloom.Filters;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Filters;

public class FieldEncoderTests
{
    private static readonly FieldSchema Name = FieldSchema.Create("first", FieldKind.Name, FieldRole.GivenName);
    private static readonly FieldSchema Sex = FieldSchema.Create("sex", FieldKind.Sex, FieldRole.Sex);

    [Fact]
    public void TryEncode_SameValueUnderOneKey_IsEqual()
    {
        Assert.Equal(Encode(Name, "MARYANN"), Encode(Name, "MARYANN"));
        Assert.Equal(Encode(Sex, "F"), Encode(Sex, "F"));
        Assert.NotEqual(Encode(Sex, "F"), Encode(Sex, "M"));
    }

    [Fact]
    public void TryEncode_OtherKeyFieldOrPurpose_IsUnrelated()
    {
        byte[] filter = Encode(Name, "MARYANN");
        byte[][] others =
        [
            Encode(Name, "MARYANN", tree: 2),
            Encode(Name with { Name = "other" }, "MARYANN"),
            Encode(Name, "MARYANN", purpose: KeyPurpose.SelfTest),
        ];

        // Two unrelated filters of weight 256 differ in 384 bits with a standard deviation of 12.
        Assert.All(others, other => Assert.InRange(BitDistance.Hamming(filter, other), 384 - 72, 384 + 72));
    }

    [Fact]
    public void TryEncode_MissingValue_LeavesZeros()
    {
        using KeyTree keys = Samples.Tree();
        using FieldEncoder encoder = new(Name, keys);
        byte[] cell = Noise.Bytes(1, BaseFilter.ByteLength);

        Assert.False(encoder.TryEncode("", cell));
        Assert.All(cell, part => Assert.Equal(0, part));
    }

    [Theory]
    [InlineData(FieldKind.Name, "MARYANN", "MARIANN", 7, 2, 2)]
    [InlineData(FieldKind.Name, "CARLOS", "CARXOS", 7, 2, 2)]
    [InlineData(FieldKind.Postcode, "19803", "19813", 5, 1, 1)]
    [InlineData(FieldKind.Date, "19870412", "19870417", 6, 1, 1)]
    public void TryEncode_OneCharacterSubstituted_DiffersAsTheFormulaSays(
        FieldKind kind, string left, string right, int tokens, int changed, int q)
    {
        FieldSchema field = FieldSchema.Create("f", kind) with { Q = q };
        tokens = kind == FieldKind.Name ? left.Length + 1 : tokens;
        double p = 1 - Math.Pow(1 - ((double)field.Weight / 1024), 1.0 / tokens);
        double r = 1 - Math.Pow(1 - p, changed);
        double expected = Math.Pow(1 - p, tokens - changed) * 2 * r * (1 - r);
        double mean = 0;
        const int Keys = 300;
        for (int key = 0; key < Keys; key++)
        {
            mean += BitDistance.Hamming(Encode(field, left, key), Encode(field, right, key)) / 1024.0 / Keys;
        }

        // The formula takes positions for independent; the fixed weight ends the rounds of one value a little sooner
        // than the other's, which adds up to five parts in a hundred to the distance.
        Assert.InRange(mean, expected * 0.98, expected * 1.06);
    }

    private static byte[] Encode(FieldSchema field, string value, int tree = 1, string purpose = "")
    {
        using KeyTree keys = Samples.Tree(tree);
        using FieldEncoder encoder = new(field, keys, purpose);
        byte[] cell = new byte[FieldEncoder.BaseLength(field)];
        Assert.True(encoder.TryEncode(value, cell));
        return cell;
    }
}
