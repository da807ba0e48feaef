using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Estimation;
using Linkage.Core.Merging;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Merging;

public sealed class CandidatePairsTests
{
    private const int Passes = 4;

    /// <summary>Meetings of few records in four passes, none twice in one pass, shuffled.</summary>
    private static Arbitrary<MetPair[]> Meetings =>
        Gen.Choose(0, 4).SelectMany(left => Gen.Choose(5, 9).SelectMany(right => Gen.Choose(0, Passes - 1).SelectMany(
                pass => Gen.Choose(0, 3).Select(level => new MetPair(left, right, pass, Met.Vector(level, pass))))))
            .ArrayOf()
            .Select(all => all.DistinctBy(met => (met.Left, met.Right, met.Pass)).ToArray())
            .ToArbitrary();

    private static IGrouping<(int Left, int Right), MetPair>[] Group(MetPair[] meetings) =>
        [.. meetings.GroupBy(met => (met.Left, met.Right)).OrderBy(pair => pair.Key)];

    [Fact]
    public void From_AnyMeetings_HoldsEachPairOnceInOrder() =>
        Prop.ForAll(Meetings, meetings =>
        {
            CandidatePairs candidates = CandidatePairs.From([.. meetings]);
            return candidates.Left.Zip(candidates.Right).SequenceEqual(Group(meetings).Select(pair => pair.Key))
                && candidates.Count == candidates.Left.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void From_AnyMeetings_KeepsTheVectorOfTheFirstPass() =>
        Prop.ForAll(Meetings, meetings =>
        {
            CandidatePairs candidates = CandidatePairs.From([.. meetings]);
            return candidates.Pattern.Select(pattern => candidates.Patterns[pattern].Vector)
                .SequenceEqual(Group(meetings).Select(pair => pair.MinBy(met => met.Pass).Vector));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void From_AnyMeetings_RecordsAllPasses() =>
        Prop.ForAll(Meetings, meetings =>
        {
            CandidatePairs candidates = CandidatePairs.From([.. meetings]);
            return candidates.Captures.Select(captures => (int)captures)
                .SequenceEqual(Group(meetings).Select(pair => pair.Sum(met => 1 << met.Pass)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void From_AnyMeetings_CountsPatternsByRisingCode() =>
        Prop.ForAll(Meetings, meetings =>
        {
            CandidatePairs candidates = CandidatePairs.From([.. meetings]);
            ulong[] codes = [.. candidates.Patterns.Select(pattern => pattern.Vector.Code)];
            return codes.SequenceEqual(codes.Distinct().Order())
                && candidates.Patterns.Index().All(
                    pattern => pattern.Item.Count == candidates.Pattern.Count(i => i == pattern.Index));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void CountByFirstPass_AnyMeetings_CountsEachPairInItsFirst() =>
        Prop.ForAll(Meetings, meetings =>
        {
            long[] counts = CandidatePairs.From([.. meetings]).CountByFirstPass(Passes);
            return Enumerable.Range(0, Passes).All(
                pass => counts[pass] == Group(meetings).Count(pair => pair.Min(met => met.Pass) == pass));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void CountCells_AnyMeetings_CountsPatternAndCaptures() =>
        Prop.ForAll(Meetings, meetings =>
        {
            CandidatePairs candidates = CandidatePairs.From([.. meetings]);
            EstimationCell[] cells = candidates.CountCells();
            return cells.Sum(cell => cell.Count) == candidates.Count
                && cells.All(cell => cell.Vector == candidates.Patterns[cell.Pattern].Vector
                    && cell.Count == Enumerable.Range(0, candidates.Count).Count(
                        i => candidates.Pattern[i] == cell.Pattern && candidates.Captures[i] == cell.Captures));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void From_OrderOfMeetings_DoesNotMatter() =>
        Prop.ForAll(Meetings, meetings =>
        {
            CandidatePairs forward = CandidatePairs.From([.. meetings]);
            CandidatePairs backward = CandidatePairs.From([.. meetings.Reverse()]);
            return forward.Pattern.SequenceEqual(backward.Pattern) && forward.Captures.SequenceEqual(backward.Captures);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void From_LastOfSixteenPasses_IsRecorded()
    {
        CandidatePairs candidates = CandidatePairs.From([new MetPair(0, 1, 15, Met.Vector(2))]);

        Assert.Equal(0x8000, candidates.Captures[0]);
        Assert.Equal(1, candidates.CountByFirstPass(16)[15]);
        Assert.True(candidates.CountCells()[0].MayBeOfKind(15));
        Assert.False(candidates.CountCells()[0].MayBeOfKind(14));
    }

    [Fact]
    public void From_NoMeetings_IsEmpty()
    {
        CandidatePairs candidates = CandidatePairs.From([]);

        Assert.Equal(0, candidates.Count);
        Assert.Empty(candidates.Patterns);
        Assert.Empty(candidates.CountCells());
        Assert.Equal([0L, 0], candidates.CountByFirstPass(2));
    }
}
