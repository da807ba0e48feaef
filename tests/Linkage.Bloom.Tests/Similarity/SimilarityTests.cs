using System.Collections;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Similarity;

namespace Linkage.Bloom.Tests.Similarity;

public class SimilarityTests
{
    private static readonly Arbitrary<(byte[] Left, byte[] Right)> Pairs = Gen.Choose(0, 70)
        .SelectMany(length => Gen.Choose(0, 255).ListOf(2 * length))
        .Select(bytes => (
            bytes.Take(bytes.Count / 2).Select(part => (byte)part).ToArray(),
            bytes.Skip(bytes.Count / 2).Select(part => (byte)part).ToArray()))
        .ToArbitrary();

    [Fact]
    public void Hamming_AnyFilters_CountsDifferingBits() => Prop.ForAll(Pairs, pair =>
        BitDistance.Hamming(pair.Left, pair.Right)
            == new BitArray(pair.Left).Xor(new BitArray(pair.Right)).Cast<bool>().Count(bit => bit))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Dice_AnyFilters_IsSymmetricBetweenZeroAndOne() => Prop.ForAll(Pairs, pair =>
    {
        double dice = BitDistance.Dice(pair.Left, pair.Right);
        return dice is >= 0 and <= 1
            && dice.Equals(BitDistance.Dice(pair.Right, pair.Left))
            && BitDistance.Dice(pair.Left, pair.Left).Equals(1.0)
            && (dice < 1 || pair.Left.SequenceEqual(pair.Right));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Dice_KnownFilters_IsTwiceTheCommonOverTheSum() =>
        Assert.Equal(2.0 * 1 / (3 + 2), BitDistance.Dice([0b0000_0111], [0b0001_0001]));

    [Fact]
    public void Hamming_FiltersOfTwoLengths_IsRefused() =>
        Assert.Throws<ArgumentException>(() => BitDistance.Hamming([1], [1, 2]));

    [Fact]
    public void FromDistance_ExpectedShare_GivesTheBaseShareBack()
    {
        for (int count = 1; count <= 8; count++)
        {
            for (double share = 0; share < 0.45; share += 0.05)
            {
                int bits = (int)Math.Round(CorrectedSimilarity.ExpectedOutputShare(share, count) * 1_000_000_000);
                Assert.Equal(1 - (2 * share), CorrectedSimilarity.FromDistance(bits, 1_000_000_000, count), 0.01);
            }
        }
    }

    [Fact]
    public void FromDistance_LargerDistance_IsNeverMoreSimilar()
    {
        double last = 1;
        for (int distance = 0; distance <= 1024; distance++)
        {
            double similarity = CorrectedSimilarity.FromDistance(distance, 1024, 5);
            Assert.InRange(similarity, 0, last);
            last = similarity;
        }

        Assert.Equal(1, CorrectedSimilarity.FromDistance(0, 1024, 5));
        Assert.Equal(0, CorrectedSimilarity.FromDistance(512, 1024, 5));
    }

    [Fact]
    public void GreatestDistance_AnyCut_IsTheLastThatReachesIt()
    {
        for (double cut = 0.01; cut <= 1; cut += 0.01)
        {
            int distance = CorrectedSimilarity.GreatestDistance(cut, 5);
            Assert.True(CorrectedSimilarity.FromDistance(distance, 1024, 5) >= cut);
            Assert.True(CorrectedSimilarity.FromDistance(distance + 1, 1024, 5) < cut);
        }
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959963985, 0.025)]
    [InlineData(-1.644853627, 0.95)]
    [InlineData(3.090232306, 0.001)]
    public void Upper_TabulatedQuantiles_AreTheirProbabilities(double z, double probability) =>
        Assert.Equal(probability, NormalDistribution.Upper(z), 2e-7);
}
