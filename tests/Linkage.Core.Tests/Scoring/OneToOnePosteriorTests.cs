using Linkage.Bloom.Schemas;
using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Scoring;

/// <summary>Records 0 to 3 are the first party's, 4 to 7 the second's; level i weighs i − 5 bits.</summary>
public sealed class OneToOnePosteriorTests : IDisposable
{
    private readonly EncodedProject _project = new(SmallSchemas.TwoNumbers);

    public OneToOnePosteriorTests()
    {
        _project.Add("party0", NumberRows.Make(4, 0));
        _project.Add("party1", NumberRows.Make(4, 1));
    }

    public void Dispose() => _project.Dispose();

    private static double Alone(int level) => 1 / (1 + Math.Pow(2, 5 - level));

    private PairProbabilities Solve(
        (int Left, int Right, int Level)[] pairs, OneToOneMode mode, params string[] duplicates) =>
        SolveAfter([], pairs, mode, duplicates);

    private PairProbabilities SolveAfter(
        DecidedLink[] decided,
        (int Left, int Right, int Level)[] pairs,
        OneToOneMode mode,
        params string[] duplicates)
    {
        var options = new LinkerOptions { OneToOne = mode, DuplicateParties = duplicates };
        LinkPlan plan = LinkPlan.Create(_project.Files, options);
        CandidatePairs candidates = Met.Pairs(pairs);
        var scores = new PatternScores(candidates.Patterns, TestModels.Ladder);
        var space = new RecordSpace(_project.Files);
        return OneToOnePosterior.Solve(
            plan, space, candidates, scores, DecidedLinks.From(space.Count, decided), CancellationToken.None);
    }

    [Theory]
    [InlineData(OneToOneMode.Off)]
    [InlineData(OneToOneMode.Optimal, "party0", "party1")]
    public void Solve_NoCompetition_IsTheProbabilityAlone(OneToOneMode mode, params string[] duplicates)
    {
        PairProbabilities found = Solve([(0, 4, 7), (0, 5, 8), (1, 5, 2)], mode, duplicates);

        Assert.Equal([Alone(7), Alone(8), Alone(2)], found.Values);
        Assert.Equal(0, found.ScaleBits);
    }

    [Fact]
    public void Solve_PairsWithoutRivals_KeepTheirProbability()
    {
        PairProbabilities found = Solve([(0, 4, 7), (1, 5, 2)], OneToOneMode.Greedy);

        Assert.Equal(Alone(7), found.Values[0], 6);
        Assert.Equal(Alone(2), found.Values[1], 6);
    }

    [Fact]
    public void Solve_Rivals_LosersFallAndTheExpectedMatchesStay()
    {
        (int, int, int)[] pairs = [(0, 4, 9), (0, 5, 3), (1, 6, 5), (2, 7, 4), (3, 7, 1)];

        PairProbabilities found = Solve(pairs, OneToOneMode.Optimal);

        double alone = Alone(9) + Alone(3) + Alone(5) + Alone(4) + Alone(1);
        Assert.Equal(alone, found.Values.Sum(), 4);
        Assert.InRange(found.ScaleBits, 0.01, 0.99 * OneToOnePosterior.MostScaleBits);
        Assert.True(found.Values[1] < Alone(3) / 2);
        Assert.True(found.Values[2] > Alone(5));
    }

    [Fact]
    public void Solve_MoreRivalsThanCanMatch_StopsAtTheCap()
    {
        (int, int, int)[] pairs = [(0, 4, 8), (1, 4, 8), (2, 4, 8)];

        PairProbabilities found = Solve(pairs, OneToOneMode.Optimal);

        // One of three of odds 4 × 8, or nobody.
        Assert.Equal(OneToOnePosterior.MostScaleBits, found.ScaleBits);
        Assert.All(found.Values, value => Assert.Equal(32 / 97.0, value, 9));
    }

    [Fact]
    public void Solve_OnePartyMayListPersonsTwice_OnlyTheOtherSideCompetes()
    {
        PairProbabilities found = Solve([(0, 4, 8), (1, 4, 8), (2, 5, 8), (2, 6, 8)], OneToOneMode.Optimal, "party0");

        // Records 0 and 1 may be one person; 5 and 6 may not.
        Assert.Equal(found.Values[0], found.Values[1]);
        Assert.True(found.Values[0] > Alone(8));
        Assert.True(found.Values[2] < 0.5 && found.Values[3] < 0.5);
    }

    [Fact]
    public void Solve_EqualRivals_AreBothInDoubt()
    {
        PairProbabilities found = Solve([(0, 4, 8), (0, 5, 8)], OneToOneMode.Optimal);

        Assert.All(found.Values, value => Assert.InRange(value, DecisionThresholds.Default.Possible, 0.5));
    }

    [Fact]
    public void Solve_RivalThatAPersonRefused_TakesNothing()
    {
        PairProbabilities found = SolveAfter(
            [new(0, 4, false)], [(0, 4, 9), (0, 5, 6)], OneToOneMode.Optimal);

        Assert.Equal(Alone(6), found.Values[1], 9);
    }

    [Fact]
    public void Solve_PersonGaveARecordToAnother_ItsRivalsFindTheirOtherPartners()
    {
        // 4 belongs to 0, so nothing is left that would keep 1 from 5.
        PairProbabilities found = SolveAfter(
            [new(0, 4, true)], [(0, 4, 1), (1, 4, 9), (1, 5, 6)], OneToOneMode.Optimal);

        Assert.Equal(Alone(6), found.Values[2], 9);
    }
}
