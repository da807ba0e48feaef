using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Comparisons;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Reference;

public sealed class RandomStartTests
{
    private static readonly Comparison[] Comparisons = TestComparisons.WithLevels(4, 3);

    /// <summary>From no agreement upwards; no pattern is below the one before in either comparison.</summary>
    private static readonly AgreementPattern[] Rising =
    [
        new(Met.Vector(0, 0), 1), new(Met.Vector(1, 0), 1), new(Met.Vector(1, 1), 1), new(Met.Vector(3, 1), 1),
        new(Met.Vector(3, 2), 1),
    ];

    [Fact]
    public void FromOrderedModel_MoreAgreement_IsNeverLessLikelyAMatch() =>
        Prop.ForAll<ulong>(ArbMap.Default.ArbFor<ulong>(), seed =>
        {
            double[] matches = RandomStart.FromOrderedModel(Rising, Comparisons, seed);
            return matches.SequenceEqual(matches.Order()) && matches.All(match => match is >= 0 and <= 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void FromOrderedModel_OtherSeed_IsAnotherStart()
    {
        double[] first = RandomStart.FromOrderedModel(Rising, Comparisons, 1);

        Assert.Equal(first, RandomStart.FromOrderedModel(Rising, Comparisons, 1));
        Assert.NotEqual(first, RandomStart.FromOrderedModel(Rising, Comparisons, 2));
    }

    [Fact]
    public void Blind_OtherSeed_IsAnotherStart() =>
        Assert.NotEqual(RandomStart.Blind(Rising, 1), RandomStart.Blind(Rising, 2));
}
