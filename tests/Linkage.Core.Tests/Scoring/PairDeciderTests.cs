using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Schemas;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Scoring;

/// <summary>
/// Records 0 to 3 are the first party's, 4 to 7 the second's; level i weighs i − 5 bits at even prior odds.
/// </summary>
public sealed class PairDeciderTests
{
    private const Decision Match = Decision.Match;
    private const Decision Possible = Decision.Possible;
    private const Decision NonMatch = Decision.NonMatch;

    private static Arbitrary<(int Left, int Right, int Level)[]> Pairs =>
        Gen.Choose(0, 3).SelectMany(left => Gen.Choose(4, 7).SelectMany(
                right => Gen.Choose(0, 9).Select(level => (Left: left, Right: right, Level: level))))
            .ArrayOf()
            .Select(pairs => pairs.DistinctBy(pair => (pair.Left, pair.Right))
                .OrderBy(pair => pair.Left).ThenBy(pair => pair.Right).ToArray())
            .ToArbitrary();

    /// <summary>What a set of links is worth: bits over the possible threshold.</summary>
    private static double Gain((int Left, int Right, int Level)[] pairs, Decision[] decisions) =>
        pairs.Where((_, i) => decisions[i] != NonMatch).Sum(pair => pair.Level - 5 - Math.Log2(0.1 / 0.9));

    private static bool IsOneToOne((int Left, int Right, int Level)[] pairs, Decision[] decisions)
    {
        (int Left, int Right, int Level)[] links = [.. pairs.Where((_, i) => decisions[i] != NonMatch)];
        return links.DistinctBy(link => link.Left).Count() == links.Length
            && links.DistinctBy(link => link.Right).Count() == links.Length;
    }

    [Fact]
    public void Decide_Off_FollowsTheThresholds()
    {
        using var bench = new DecisionBench(4, 4);

        // One bit apart around even odds: 1/9, 1/5, 1/3, 1/2, 2/3.
        Decision[] decisions = bench.Decide([(0, 4, 1), (0, 5, 2), (0, 6, 3), (0, 7, 5), (1, 4, 6)], OneToOneMode.Off);

        Assert.Equal([NonMatch, Possible, Possible, Match, Match], decisions);
    }

    [Fact]
    public void Decide_OtherThresholds_AreThoseOfTheGivenSchema()
    {
        using var bench = new DecisionBench(4, 4);
        (int, int, int)[] pairs = [(0, 4, 5), (1, 5, 7), (2, 6, 9)];

        Decision[] strict = bench.Decide(pairs, OneToOneMode.Off, new DecisionThresholds(0.9, 0.7));
        Decision[] lax = bench.Decide(pairs, OneToOneMode.Off, new DecisionThresholds(0.5, 0.5));

        Assert.Equal([NonMatch, Possible, Match], strict);
        Assert.Equal([Match, Match, Match], lax);
    }

    [Fact]
    public void Decide_Optimal_MakesLosersNonMatches()
    {
        using var bench = new DecisionBench(4, 4);

        Decision[] decisions = bench.Decide([(0, 4, 9), (0, 5, 8), (1, 4, 7), (2, 6, 3)], OneToOneMode.Optimal);

        // 8 and 7 together outweigh 9 alone.
        Assert.Equal([NonMatch, Match, Match, Possible], decisions);
    }

    [Fact]
    public void Decide_Greedy_TakesTheHeaviestFirst()
    {
        using var bench = new DecisionBench(4, 4);

        Decision[] decisions = bench.Decide([(0, 4, 9), (0, 5, 8), (1, 4, 7), (2, 6, 3)], OneToOneMode.Greedy);

        Assert.Equal([Match, NonMatch, NonMatch, Possible], decisions);
    }

    [Fact]
    public void Decide_AnyPairs_OptimalIsOneToOneAndNeverWorseThanGreedy()
    {
        using var bench = new DecisionBench(4, 4);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Pairs, pairs =>
        {
            Decision[] greedy = bench.Decide(pairs, OneToOneMode.Greedy);
            Decision[] optimal = bench.Decide(pairs, OneToOneMode.Optimal);
            return IsOneToOne(pairs, greedy)
                && IsOneToOne(pairs, optimal)
                && Gain(pairs, optimal) >= Gain(pairs, greedy) - 1e-6;
        }));
    }

    [Fact]
    public void Decide_AnyPairs_AssignmentOnlyTakesAway()
    {
        using var bench = new DecisionBench(4, 4);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Pairs, pairs =>
        {
            Decision[] off = bench.Decide(pairs, OneToOneMode.Off);
            Decision[] optimal = bench.Decide(pairs, OneToOneMode.Optimal);
            return off.Zip(optimal).All(pair => pair.Second == pair.First || pair.Second == NonMatch)
                && off.Any(decision => decision != NonMatch) == optimal.Any(decision => decision != NonMatch);
        }));
    }

    [Fact]
    public void Decide_LeftPartyWithDuplicates_LimitsItsRecordsOnly()
    {
        using var bench = new DecisionBench(4, 4);
        (int, int, int)[] pairs = [(0, 4, 9), (0, 5, 8), (1, 4, 8)];

        // Records of the first party may be one person twice, so 4 may have two partners; 0 has one in the second.
        Assert.Equal([Match, NonMatch, Match], bench.Decide(pairs, OneToOneMode.Optimal, duplicates: ["party0"]));
        Assert.Equal([Match, Match, NonMatch], bench.Decide(pairs, OneToOneMode.Optimal, duplicates: ["party1"]));
        Assert.Equal(
            [Match, Match, Match], bench.Decide(pairs, OneToOneMode.Optimal, duplicates: ["party0", "party1"]));
    }

    [Fact]
    public void Decide_PairsWithinAParty_AreNotAssigned()
    {
        using var bench = new DecisionBench(4, 4);

        Decision[] decisions = bench.Decide(
            [(0, 1, 9), (0, 2, 8), (0, 4, 7), (1, 2, 7)], OneToOneMode.Optimal, duplicates: ["party0"]);

        Assert.Equal([Match, Match, Match, Match], decisions);
    }

    [Fact]
    public void Decide_ThreeParties_AreAssignedTwoByTwo()
    {
        using var bench = new DecisionBench(2, 2, 2);

        Decision[] decisions =
            bench.Decide([(0, 2, 9), (0, 4, 9), (1, 4, 8), (2, 4, 9), (3, 4, 7)], OneToOneMode.Optimal);

        Assert.Equal([Match, Match, NonMatch, Match, NonMatch], decisions);
    }

    [Fact]
    public void Decide_MustLink_IsKeptAndItsRecordsGetNoOtherPartner()
    {
        using var bench = new DecisionBench(4, 4);

        // A person made 0 and 4 one, which the model holds to be two; 9 and 8 bits lose to that.
        (Decision[] decisions, _, _) = bench.DecideAfter(
            [new(4, 0, true)], [(0, 4, 0), (0, 5, 9), (1, 4, 8), (1, 5, 6)], OneToOneMode.Optimal);

        Assert.Equal([Match, NonMatch, NonMatch, Match], decisions);
    }

    [Fact]
    public void Decide_MustLinkThatNeverMet_StillTakesItsRecords()
    {
        using var bench = new DecisionBench(4, 4);

        (Decision[] decisions, _, _) =
            bench.DecideAfter([new(0, 4, true)], [(0, 5, 9), (1, 4, 8), (2, 6, 7)], OneToOneMode.Greedy);

        Assert.Equal([NonMatch, NonMatch, Match], decisions);
    }

    [Fact]
    public void Decide_MustLinkByWayOfAThirdParty_TakesTheRecordsToo()
    {
        using var bench = new DecisionBench(2, 2, 2);

        (Decision[] decisions, _, _) = bench.DecideAfter(
            [new(0, 4, true), new(4, 2, true)], [(0, 2, 1), (0, 3, 9), (1, 2, 9)], OneToOneMode.Optimal);

        Assert.Equal([Match, NonMatch, NonMatch], decisions);
    }

    [Fact]
    public void Decide_MustLinkToAPartyWithDuplicates_LeavesRoomForMore()
    {
        using var bench = new DecisionBench(4, 4);

        (Decision[] decisions, _, _) = bench.DecideAfter(
            [new(0, 4, true)], [(0, 4, 9), (0, 5, 8), (1, 4, 8)], OneToOneMode.Optimal, duplicates: ["party1"]);

        Assert.Equal([Match, Match, NonMatch], decisions);
    }

    [Fact]
    public void Decide_CannotLink_FreesItsRecordsForOthers()
    {
        using var bench = new DecisionBench(4, 4);

        (Decision[] decisions, _, _) =
            bench.DecideAfter([new(0, 4, false)], [(0, 4, 9), (0, 5, 6), (1, 4, 6)], OneToOneMode.Optimal);

        Assert.Equal([NonMatch, Match, Match], decisions);
    }

    [Fact]
    public void Decide_DecisionsWithoutAssignment_GoBeforeTheModel()
    {
        using var bench = new DecisionBench(4, 4);

        (Decision[] decisions, long tied, _) = bench.DecideAfter(
            [new(0, 4, false), new(1, 5, true)], [(0, 4, 9), (1, 5, 0), (1, 6, 9)], OneToOneMode.Off);

        Assert.Equal([NonMatch, Match, Match], decisions);
        Assert.Equal(0, tied);
    }

    [Theory]
    [InlineData(OneToOneMode.Greedy)]
    [InlineData(OneToOneMode.Optimal)]
    public void Decide_TwoPartnersOfOneWeight_KeepsTheEarlierRecordAndCountsIt(OneToOneMode mode)
    {
        using var bench = new DecisionBench(4, 4);

        (Decision[] decisions, long tied, _) =
            bench.DecideAfter([], [(0, 4, 9), (0, 5, 9), (1, 6, 9), (1, 7, 8), (2, 7, 3)], mode);

        Assert.Equal([Match, NonMatch, Match, NonMatch, Possible], decisions);
        Assert.Equal(1, tied);
    }

    [Fact]
    public void Decide_TieBetweenPossibles_IsNotAMatchByOrder()
    {
        using var bench = new DecisionBench(4, 4);

        Assert.Equal(0, bench.DecideAfter([], [(0, 4, 3), (0, 5, 3)], OneToOneMode.Optimal).TiedMatches);
    }

    [Fact]
    public void Decide_TieThatAPersonDecided_IsNoTie()
    {
        using var bench = new DecisionBench(4, 4);

        (Decision[] decisions, long tied, _) =
            bench.DecideAfter([new(0, 5, true)], [(0, 4, 9), (0, 5, 9)], OneToOneMode.Optimal);

        Assert.Equal([NonMatch, Match], decisions);
        Assert.Equal(0, tied);
    }
}
