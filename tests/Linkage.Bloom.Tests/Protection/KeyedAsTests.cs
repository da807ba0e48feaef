using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Filters;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Protection;

/// <summary>A field keyed as another gives that one's outputs, and no other field does.</summary>
public class KeyedAsTests
{
    private const int First = 0;
    private const int Last = 1;
    private const int BirthdayPass = 2;

    private static readonly LinkageSchema KeyedAlike = Samples.People.WithSwappedNames();

    [Theory]
    [InlineData(ProtectionProfile.Standard)]
    [InlineData(ProtectionProfile.Research)]
    public void File_NamesSwappedInABlock_HaveEachOthersOutputs(ProtectionProfile profile)
    {
        using TempFolder folder = new();
        using EncodedFile file = Write(folder, KeyedAlike with { Profile = profile });
        EncodedPass pass = file.Passes[BirthdayPass];

        Assert.Equal(pass.Token(0), pass.Token(1));
        Assert.Equal(pass.Field(0, First), pass.Field(1, Last));
        Assert.Equal(pass.Field(0, Last), pass.Field(1, First));
        Assert.False(pass.Field(0, First).SequenceEqual(pass.Field(1, First)));
    }

    [Fact]
    public void File_NamesNotKeyedAlike_AreUnrelatedWhenSwapped()
    {
        using TempFolder folder = new();
        using EncodedFile file = Write(folder, Samples.People);
        EncodedPass pass = file.Passes[BirthdayPass];

        // Six standard deviations of 16 around half the bits.
        Assert.InRange(BitDistance.Hamming(pass.Field(0, First), pass.Field(1, Last)), 512 - 96, 512 + 96);
        Assert.InRange(BitDistance.Hamming(pass.Field(0, Last), pass.Field(1, First)), 512 - 96, 512 + 96);
    }

    [Fact]
    public void TryEncode_FieldKeyedAsAnother_GivesTheOthersFilterOrDigest()
    {
        FieldSchema name = KeyedAlike.Fields[First];
        FieldSchema tag = FieldSchema.Create("code", FieldKind.Number);

        Assert.Equal(Encode(name), Encode(KeyedAlike.Fields[Last]));
        Assert.NotEqual(Encode(name), Encode(Samples.People.Fields[Last]));
        Assert.Equal(Encode(tag), Encode(tag with { Name = "other", KeyedAs = "code" }));
        Assert.NotEqual(Encode(tag), Encode(tag with { Name = "other" }));
    }

    [Fact]
    public void Scope_FieldWithTheSecretsOfAnother_LeavesAllOthersAsTheyWere() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            using BlockScope apart = new(Noise.Bytes(1, 16), Noise.Bytes(2, 16), 3);
            using BlockScope shared = new(Noise.Bytes(1, 16), Noise.Bytes(2, 16), [0, 0, 2]);
            apart.Enter(Noise.Bytes(seed, 16));
            shared.Enter(Noise.Bytes(seed, 16));
            byte[] value = Noise.Bytes(seed ^ 1, BaseFilter.ByteLength);
            return Enumerable.Range(0, 3).All(field =>
                Outputs(shared, field, value).SequenceEqual(Outputs(apart, field == 1 ? 0 : field, value)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void KeyOwners_OneFieldKeyedAsAnother_NameThatOneOnly()
    {
        Assert.Equal([0, 0, 2, 3, 4, 5], KeyedAlike.KeyOwners());
        Assert.Equal([0, 1, 2, 3, 4, 5], Samples.People.KeyOwners());
    }

    private static byte[] Outputs(BlockScope scope, int field, byte[] value)
    {
        byte[] outputs = new byte[BaseFilter.ByteLength + BlockScope.TagLength];
        scope.Protect(field, value, outputs.AsSpan(0, BaseFilter.ByteLength));
        scope.MakeTag(field, value.AsSpan(0, FieldEncoder.DigestLength), outputs.AsSpan(BaseFilter.ByteLength));
        return outputs;
    }

    // Two records of one block: the second has the first one's names swapped.
    private static EncodedFile Write(TempFolder folder, LinkageSchema schema)
    {
        string?[] straight = Samples.Person(11);
        string?[] swapped = [straight[Last], straight[First], .. straight[2..]];
        Encoded.Write(folder["a.lke"], schema, [straight, swapped]);
        return EncodedFile.Open(folder["a.lke"]);
    }

    private static byte[] Encode(FieldSchema field)
    {
        using KeyTree keys = Samples.Tree();
        using FieldEncoder encoder = new(field, keys);
        byte[] cell = new byte[FieldEncoder.BaseLength(field)];
        Assert.True(encoder.TryEncode("1234", cell));
        return cell;
    }
}
