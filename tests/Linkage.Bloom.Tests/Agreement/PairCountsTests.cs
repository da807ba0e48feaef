using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Agreement;

namespace Linkage.Bloom.Tests.Agreement;

public class PairCountsTests
{
    [Fact]
    public void Equal_AnyValues_IsWhatLookingAtAllPairsGives() =>
        Prop.ForAll(Gen.Choose(0, 6).ListOf().ToArbitrary(), drawn =>
        {
            ulong[] values = [.. drawn.Select(value => (ulong)value)];
            return PairCounts.Equal([.. values]) == CountPairs(values, (one, other) => one == other);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Comparable_AnyPresence_IsWhatLookingAtAllPairsGives() =>
        Prop.ForAll(Gen.Choose(0, 15).ListOf().ToArbitrary(), drawn =>
        {
            ulong[] presences = [.. drawn.Select(presence => (ulong)presence)];
            int[] counts = new int[16];
            foreach (ulong presence in presences)
            {
                counts[presence]++;
            }

            return PairCounts.Comparable(counts) == CountPairs(presences, (one, other) => (one & other) != 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_LargeFile_DoesNotOverflow() => Assert.Equal(2_305_843_005_992_468_481, PairCounts.Of(int.MaxValue));

    private static long CountPairs(ulong[] values, Func<ulong, ulong, bool> counts) =>
        Enumerable.Range(0, values.Length)
            .Sum(i => (long)Enumerable.Range(0, i).Count(j => counts(values[i], values[j])));
}
