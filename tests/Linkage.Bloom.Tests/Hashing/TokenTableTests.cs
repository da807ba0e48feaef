using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Hashing;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Hashing;

public class TokenTableTests
{
    private static readonly byte[] Key = Noise.Bytes(1, 32);

    [Fact]
    public void Positions_AnyToken_AreTheWordsOfItsHmac()
    {
        using TokenTable table = new(Key, 16);
        ushort[] positions = table.Positions("MÜ", 40).ToArray();

        for (int j = 0; j < positions.Length; j++)
        {
            byte[] message = [.. Encoding.UTF8.GetBytes("MÜ"), 0, 0, 0, (byte)(j / 8)];
            byte[] digest = HMACSHA256.HashData(Key, message);
            Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(digest.AsSpan(j % 8 * 4)) & 1023, positions[j]);
        }
    }

    [Fact]
    public void Positions_LongerSequence_BeginsWithTheShorter()
    {
        using TokenTable table = new(Key, 4096);
        Prop.ForAll(Gen.Choose(1, 600).Two().ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (lengths, word) =>
        {
            string token = $"T{word}";
            ushort[] one = table.Positions(token, lengths.Item1)[..lengths.Item1].ToArray();
            ushort[] two = table.Positions(token, lengths.Item2)[..lengths.Item2].ToArray();
            int common = Math.Min(one.Length, two.Length);
            return one.AsSpan(0, common).SequenceEqual(two.AsSpan(0, common));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Positions_TableWipedWhenFull_AreTheSame()
    {
        using TokenTable small = new(Key, 3);
        using TokenTable large = new(Key, 4096);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 200; i++)
            {
                int least = 8 + (i * 13 % 90);
                string token = $"token {i}";
                Assert.Equal(large.Positions(token, least)[..least], small.Positions(token, least)[..least]);
            }
        }
    }

    [Fact]
    public void Positions_OtherKey_AreUnrelated()
    {
        using TokenTable one = new(Key, 16);
        using TokenTable two = new(Noise.Bytes(2, 32), 16);
        ReadOnlySpan<ushort> left = one.Positions("TOKEN", 4096);
        ReadOnlySpan<ushort> right = two.Positions("TOKEN", 4096);
        int equal = 0;
        for (int i = 0; i < 4096; i++)
        {
            equal += left[i] == right[i] ? 1 : 0;
        }

        // 4,096 chances of 1 in 1,024 each: mean 4, standard deviation 2.
        Assert.InRange(equal, 0, 16);
    }

    [Fact]
    public void Positions_ManyTokens_AreUniform()
    {
        using TokenTable table = new(Key, 4096);
        int[] counts = new int[1024];
        for (int i = 0; i < 2000; i++)
        {
            foreach (ushort position in table.Positions($"{i}", 64)[..64])
            {
                counts[position]++;
            }
        }

        double expected = 2000 * 64 / 1024.0;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(chiSquare, 1023 - (6 * Math.Sqrt(2 * 1023)), 1023 + (6 * Math.Sqrt(2 * 1023)));
    }
}
