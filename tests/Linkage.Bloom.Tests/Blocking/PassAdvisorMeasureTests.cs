using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Blocking;

namespace Linkage.Bloom.Tests.Blocking;

public class PassAdvisorMeasureTests
{
    [Fact]
    public void Measure_KnownBlocks_GivesExactFigures()
    {
        PassAdvisorMeasure measure = new([1, 1, 1, 2, 2, 3], 8);

        Assert.Equal(8.0 / 56, measure.Collision, 12);
        Assert.Equal(0.75, measure.Coverage, 12);
        Assert.Equal(3, measure.LargestAt(8), 12);
        Assert.Equal(1.5, measure.LargestAt(4), 12);
        Assert.Equal(8 * 8.0 / 56, measure.PairsAt(8, 3), 12);
    }

    [Fact]
    public void Measure_BlockOverLimit_CountsAsDroppedAndMakesNoPairs()
    {
        PassAdvisorMeasure measure = new([1, 1, 1, 2, 2, 3], 8);

        Assert.Equal(3.0 / 8, measure.DroppedAt(8, 2), 12);
        Assert.Equal(8 * 2.0 / 56, measure.PairsAt(8, 2), 12);
        Assert.Equal(0, measure.DroppedAt(8, 3));
    }

    [Fact]
    public void LargestAt_BeyondTheRecords_ExtrapolatesTheLowerBound()
    {
        PassAdvisorMeasure measure = new([.. Enumerable.Repeat(7UL, 100)], 400);

        Assert.Equal(100, measure.LargestAt(400), 9);
        Assert.Equal(200, measure.LargestAt(1000), 9);
    }

    [Fact]
    public void LargestAt_EveryKeyAlone_StaysOne()
    {
        PassAdvisorMeasure measure = new([1, 2, 3, 4], 4);

        Assert.Equal(1, measure.LargestAt(1_000_000));
        Assert.Equal(0, measure.PairsAt(1_000_000, 50));
    }

    [Fact]
    public void Measure_NoKeys_IsZero()
    {
        PassAdvisorMeasure measure = new([], 1);

        Assert.Equal(0, measure.Collision);
        Assert.Equal(0, measure.Coverage);
        Assert.Equal(0, measure.LargestAt(10));
    }

    [Fact]
    public void Collision_AnyKeys_IsTheShareOfPairsThatAgree()
    {
        Gen<ulong[]> keys = Gen.ArrayOf(Gen.Choose(1, 6).Select(key => (ulong)key)).Where(some => some.Length > 1);
        Prop.ForAll(keys.ToArbitrary(), some =>
        {
            int agree = 0;
            for (int i = 0; i < some.Length; i++)
            {
                for (int j = 0; j < some.Length; j++)
                {
                    agree += i != j && some[i] == some[j] ? 1 : 0;
                }
            }

            PassAdvisorMeasure measure = new([.. some.Order()], some.Length);
            double expected = (double)agree / some.Length / (some.Length - 1);
            return Math.Abs(measure.Collision - expected) < 1e-12
                && measure.LargestAt(some.Length) == some.CountBy(key => key).Max(block => block.Value);
        }).QuickCheckThrowOnFailure();
    }
}
