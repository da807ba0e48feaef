using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Similarity;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Protection;

public class BlockScopeTests
{
    private const int Fields = 3;
    private const double CoinDeviation = 16;

    [Fact]
    public void Protect_SameValueInTwoBlocks_DiffersInHalfTheBits()
    {
        const int Blocks = 2000;
        byte[] filter = Filter(1, 256);
        double sum = 0;
        double squares = 0;
        using BlockScope scope = Scope();
        byte[] last = Protect(scope, 0, 0, filter);
        for (int block = 1; block <= Blocks; block++)
        {
            byte[] output = Protect(scope, block, 0, filter);
            int distance = BitDistance.Hamming(last, output);
            sum += distance;
            squares += (distance - 512.0) * (distance - 512.0);
            last = output;
        }

        AssertNear(512, sum / Blocks, CoinDeviation / Math.Sqrt(Blocks));
        AssertNear(256, squares / Blocks, 256 * Math.Sqrt(2.0 / Blocks));
    }

    [Fact]
    public void Protect_RecordAloneInItsBlock_IsUniformlyRandom()
    {
        const int Blocks = 2000;
        byte[] filter = Filter(2, 256);
        int[] ones = new int[1024];
        double popCounts = 0;
        using BlockScope scope = Scope();
        for (int block = 0; block < Blocks; block++)
        {
            byte[] output = Protect(scope, block, 1, filter);
            popCounts += (double)BitDistance.PopCount(output) / Blocks;
            for (int bit = 0; bit < 1024; bit++)
            {
                ones[bit] += output[bit / 8] >> (bit % 8) & 1;
            }
        }

        double chiSquare = ones.Sum(count => (count - (Blocks / 2.0)) * (count - (Blocks / 2.0)) / (Blocks / 4.0));
        AssertNear(512, popCounts, CoinDeviation / Math.Sqrt(Blocks));
        Assert.InRange(chiSquare, 1024 - (6 * Math.Sqrt(2048)), 1024 + (6 * Math.Sqrt(2048)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(66)]
    [InlineData(130)]
    [InlineData(300)]
    public void Protect_TwoValuesInABlock_DifferAsTheFormulaSays(int differing)
    {
        const int Blocks = 2000;
        byte[] left = Filter(3, 256);
        byte[] right = Flip(left, differing);
        double h = CorrectedSimilarity.ExpectedOutputShare(differing / 1024.0, 5);
        double variance = 1024 * h * (1 - h);
        double sum = 0;
        double squares = 0;
        using BlockScope scope = Scope();
        for (int block = 0; block < Blocks; block++)
        {
            double distance = BitDistance.Hamming(Protect(scope, block, 0, left), Protect(scope, block, 0, right));
            sum += distance;
            squares += (distance - (1024 * h)) * (distance - (1024 * h));
        }

        AssertNear(1024 * h, sum / Blocks, Math.Sqrt(variance / Blocks));
        AssertNear(variance, squares / Blocks, variance * Math.Sqrt(2.0 / Blocks));
    }

    [Fact]
    public void Protect_TwoValuesInABlock_DifferByTheDiffusionOfTheirXor()
    {
        using BlockScope scope = Scope();
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            byte[] left = Noise.Bytes(seed, 128);
            byte[] right = Noise.Bytes(seed ^ 1, 128);
            byte[] mask = Protect(scope, seed, 2, new byte[128]);
            byte[] difference = Xor(Protect(scope, seed, 2, left), Protect(scope, seed, 2, right));
            return difference.SequenceEqual(Xor(Protect(scope, seed, 2, Xor(left, right)), mask));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Protect_TwoFieldsOfABlock_HaveUnrelatedMasksAndOneIndexSet()
    {
        using BlockScope scope = Scope();
        byte[] filter = Filter(4, 256);
        byte[] masks = Xor(Protect(scope, 5, 0, new byte[128]), Protect(scope, 5, 1, new byte[128]));

        Assert.Equal(masks, Xor(Protect(scope, 5, 0, filter), Protect(scope, 5, 1, filter)));
        AssertNear(512, BitDistance.PopCount(masks), CoinDeviation);
    }

    [Fact]
    public void Protect_SameNonceAndKeys_IsTheSameWhateverCameBetween()
    {
        using BlockScope one = Scope();
        using BlockScope two = Scope();
        byte[] filter = Filter(6, 512);
        byte[] first = Protect(one, 7, 0, filter);
        Protect(one, 8, 0, filter);

        Assert.Equal(first, Protect(two, 7, 0, filter));
        Assert.Equal(first, Protect(one, 7, 0, filter));
    }

    [Fact]
    public void Enter_OtherPassKey_IsUnrelated()
    {
        using BlockScope one = Scope();
        using BlockScope two = new(Noise.Bytes(33, 16), Noise.Bytes(2, 16), Fields);
        byte[] filter = Filter(6, 256);

        AssertNear(512, BitDistance.Hamming(Protect(one, 1, 0, filter), Protect(two, 1, 0, filter)), CoinDeviation);
    }

    [Fact]
    public void MakeTag_AnyValue_IsEqualInsideBlockAndFieldOnly()
    {
        using BlockScope scope = Scope();
        using BlockScope otherPass = new(Noise.Bytes(1, 16), Noise.Bytes(34, 16), Fields);
        string tag = Tag(scope, 1, 0, 1);
        string[] others =
        [
            Tag(scope, 2, 0, 1), Tag(scope, 1, 1, 1), Tag(scope, 1, 0, 2), Tag(otherPass, 1, 0, 1), Tag(scope, 2, 1, 1),
        ];

        Assert.Equal(tag, Tag(scope, 1, 0, 1));
        Assert.DoesNotContain(tag, others);
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    private static BlockScope Scope() => new(Noise.Bytes(1, 16), Noise.Bytes(2, 16), Fields);

    private static byte[] Protect(BlockScope scope, int block, int field, byte[] filter)
    {
        byte[] output = new byte[128];
        scope.Enter(Noise.Bytes(1000 + block, 16));
        scope.Protect(field, filter, output);
        return output;
    }

    private static string Tag(BlockScope scope, int block, int field, int value)
    {
        byte[] tag = new byte[BlockScope.TagLength];
        scope.Enter(Noise.Bytes(1000 + block, 16));
        scope.MakeTag(field, Noise.Bytes(value, 16), tag);
        return Convert.ToHexString(tag);
    }

    private static byte[] Filter(int seed, int weight)
    {
        byte[] filter = new byte[128];
        byte[] stream = Noise.Bytes(seed, 1 << 14);
        for (int at = 0; BitDistance.PopCount(filter) < weight; at += 2)
        {
            filter[stream[at] & 127] |= (byte)(1 << (stream[at + 1] & 7));
        }

        return filter;
    }

    private static byte[] Flip(byte[] filter, int bits)
    {
        byte[] flipped = [.. filter];
        byte[] stream = Noise.Bytes(77, 1 << 14);
        for (int at = 0; BitDistance.Hamming(filter, flipped) < bits; at += 2)
        {
            int place = stream[at] & 127;
            byte bit = (byte)(1 << (stream[at + 1] & 7));
            flipped[place] = (byte)((flipped[place] & ~bit) | (~filter[place] & bit));
        }

        return flipped;
    }

    private static byte[] Xor(byte[] left, byte[] right) => [.. left.Zip(right, (l, r) => (byte)(l ^ r))];

    // Keys and nonces are fixed, so a run that passes once passes always.
    private static void AssertNear(double expected, double actual, double deviation) =>
        Assert.InRange(actual, expected - (4 * deviation), expected + (4 * deviation));
}
