using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Keys;

public class KeyTreeTests
{
    [Fact]
    public void Hkdf_TestCaseOfRfc5869_GivesItsKeys()
    {
        byte[] input = [.. Enumerable.Repeat((byte)0x0B, 22)];
        byte[] salt = Convert.FromHexString("000102030405060708090a0b0c");
        byte[] info = Convert.FromHexString("f0f1f2f3f4f5f6f7f8f9");

        byte[] prk = HKDF.Extract(HashAlgorithmName.SHA256, input, salt);
        byte[] key = HKDF.Expand(HashAlgorithmName.SHA256, prk, 42, info);

        Assert.Equal(
            "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5", Convert.ToHexStringLower(prk));
        Assert.Equal(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
            Convert.ToHexStringLower(key));
    }

    [Fact]
    public void Derive_AnyKey_IsTheFormulaOfTheFormat()
    {
        using LinkageKey key = Samples.Key(5, project: "a", epoch: 3);
        using KeyTree tree = new(key, Samples.People);

        byte[] salt = SHA256.HashData(Parts("a", Samples.People.EncodingFingerprint));
        byte[] prk = HMACSHA256.HashData(salt, key.Root);
        byte[] info = Parts("linkage/v1", "purpose", "field", "pass", "3");
        byte[] first = HMACSHA256.HashData(prk, info.Append((byte)1).ToArray());
        byte[] second = HMACSHA256.HashData(prk, first.Concat(info).Append((byte)2).ToArray());

        Assert.Equal(first, tree.Derive("purpose", "field", "pass"));
        Assert.Equal([.. first, .. second[..8]], tree.Derive("purpose", "field", "pass", 40));
    }

    [Fact]
    public void Derive_PartsCutElsewhere_GivesOtherKeys()
    {
        using KeyTree tree = Samples.Tree();
        byte[][] keys =
        [
            tree.Derive("ab", "c", ""),
            tree.Derive("a", "bc", ""),
            tree.Derive("ab", "", "c"),
            tree.Derive("abc", "", ""),
        ];

        Assert.Equal(keys.Length, keys.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void ComputeCheckValue_AnythingDifferent_Differs()
    {
        LinkageSchema schema = Samples.People;
        string[] values =
        [
            CheckValue(Samples.Key(), schema),
            CheckValue(Samples.Key(2), schema),
            CheckValue(Samples.Key(project: "other"), schema),
            CheckValue(Samples.Key(epoch: 2), schema),
            CheckValue(Samples.Key(), schema with { BlockLimit = 49 }),
        ];

        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.All(values, value => Assert.Equal(2 * KeyTree.CheckValueLength, value.Length));
        Assert.Equal(values[0], CheckValue(Samples.Key(keyId: "fedcba9876543210"), schema with { Notes = "x" }));
    }

    private static string CheckValue(LinkageKey key, LinkageSchema schema)
    {
        using (key)
        {
            using KeyTree tree = new(key, schema);
            return Convert.ToHexStringLower(tree.ComputeCheckValue());
        }
    }

    private static byte[] Parts(params string[] parts)
    {
        List<byte> joined = [];
        foreach (string part in parts)
        {
            byte[] length = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(length, Encoding.UTF8.GetByteCount(part));
            joined.AddRange(length);
            joined.AddRange(Encoding.UTF8.GetBytes(part));
        }

        return [.. joined];
    }
}
