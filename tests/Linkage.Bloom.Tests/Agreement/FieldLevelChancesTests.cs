using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Agreement;

public class FieldLevelChancesTests
{
    private static readonly FieldSchema Name = FieldSchema.Create("name", FieldKind.Name);

    [Fact]
    public void Of_AnyDistance_SumsToOne()
    {
        FieldLevelChances chances = new(Name, ProtectionProfile.Standard);
        Prop.ForAll(Gen.Choose(0, 1024).ToArbitrary(), distance =>
            Math.Abs(Sum(chances.Of(distance)) - 1) < 1e-9).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Of_EqualValues_IsCertainlyTheTopLevel()
    {
        foreach (ProtectionProfile profile in Enum.GetValues<ProtectionProfile>())
        {
            Assert.Equal([0, 0, 0, 0, 1], new FieldLevelChances(Name, profile).Of(0).ToArray());
        }
    }

    [Fact]
    public void Of_Tag_IsEqualOrNot()
    {
        FieldLevelChances chances = new(FieldSchema.Create("sex", FieldKind.Sex), ProtectionProfile.Standard);

        Assert.Equal([0, 1], chances.Of(0).ToArray());
        Assert.Equal([1, 0], chances.Of(1).ToArray());
    }

    [Fact]
    public void Of_ResearchFilters_IsTheLevelOfTheDistanceItself()
    {
        // Cuts .77, .68, .60 of 1 − 2 d / 1024 are distances of 117, 163, 204.
        FieldLevelChances chances = new(Name, ProtectionProfile.Research);
        int[] distances = [1, 117, 118, 163, 164, 204, 205, 1024];

        Assert.Equal([3, 3, 2, 2, 1, 1, 0, 0], distances.Select(d => chances.Of(d).ToArray().IndexOf(1.0)));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(110)]
    [InlineData(150)]
    [InlineData(180)]
    [InlineData(220)]
    [InlineData(280)]
    public void Of_Distance_IsWhatReallyDiffusedPairsReach(int distance)
    {
        const int Blocks = 4000;
        byte[] left = Noise.Bytes(distance, 128);
        byte[] right = Flip(left, distance);
        int[] greatest = [0, .. Name.Cuts.Select(cut => CorrectedSimilarity.GreatestDistance(cut, 5))];
        int[] reached = new int[Name.LevelCount];
        using BlockScope scope = new(Noise.Bytes(1, 16), Noise.Bytes(2, 16), 1);
        byte[][] outputs = [new byte[128], new byte[128]];
        for (int block = 0; block < Blocks; block++)
        {
            scope.Enter(Noise.Bytes(100_000 + block, 16));
            scope.Protect(0, left, outputs[0]);
            scope.Protect(0, right, outputs[1]);
            int output = BitDistance.Hamming(outputs[0], outputs[1]);
            reached[Array.FindIndex(greatest, most => output <= most) is >= 0 and int i ? greatest.Length - i : 0]++;
        }

        double[] chances = new FieldLevelChances(Name, ProtectionProfile.Standard).Of(distance).ToArray();
        for (int level = 0; level < chances.Length; level++)
        {
            // Six deviations, and a few for levels that hardly occur.
            double deviation = Math.Sqrt(Blocks * chances[level] * (1 - chances[level]));
            Assert.InRange(reached[level] - (Blocks * chances[level]), (-6 * deviation) - 3, (6 * deviation) + 3);
        }
    }

    private static double Sum(ReadOnlySpan<double> chances) => chances.ToArray().Sum();

    private static byte[] Flip(byte[] filter, int bits)
    {
        byte[] flipped = [.. filter];
        for (int i = 0; i < bits; i++)
        {
            int place = i * 37 % 1024;
            flipped[place / 8] ^= (byte)(1 << (place % 8));
        }

        return flipped;
    }
}
