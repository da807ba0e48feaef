using Linkage.Core.Reporting;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests;

/// <summary>What persons decided stands above the model, in pairs, entities and counts.</summary>
public sealed class LinkerTestsOfDecisions : IClassFixture<EncodedPeople>
{
    private readonly PeopleProject _people;

    public LinkerTestsOfDecisions(EncodedPeople encoded)
    {
        _people = encoded.People;
    }

    private LinkResult Link(params PairDecision[] decisions) =>
        Linker.Link(
            _people.Encoded.Files,
            new LinkerOptions { Seed = 7, KeepWeight = double.NegativeInfinity, Decisions = decisions });

    private static PairDecision Decide(LinkedPair pair, bool isMatch) => new(pair.Left, pair.Right, isMatch);

    [Fact]
    public void Link_PairsDecidedAgainstTheModel_FollowsThePersons()
    {
        LinkResult before = Link();
        LinkedPair match = before.Pairs[0];
        LinkedPair stranger = before.Pairs.Last(
            pair => pair.LeftRecord != match.LeftRecord && pair.RightRecord != match.RightRecord);

        LinkResult after = Link(Decide(match, isMatch: false), Decide(stranger, isMatch: true));

        LinkedPair refused = after.Pairs.Single(pair => (pair.Left, pair.Right) == (match.Left, match.Right));
        LinkedPair forced = after.Pairs.Single(pair => (pair.Left, pair.Right) == (stranger.Left, stranger.Right));
        Assert.Equal(
            (Decision.NonMatch, new MatchProbability(0), match.Weight),
            (refused.Decision, refused.Probability, refused.Weight));
        Assert.Equal(
            (Decision.Match, new MatchProbability(1), stranger.Weight),
            (forced.Decision, forced.Probability, forced.Weight));
        Assert.NotEqual(after.EntityOf(match.LeftRecord), after.EntityOf(match.RightRecord));
        Assert.Equal(after.EntityOf(stranger.LeftRecord), after.EntityOf(stranger.RightRecord));
        Assert.Equal(new DecisionUse(1, 1, 0), after.DecisionUse);
        Assert.Equal(new DecisionUse(0, 0, 0), before.DecisionUse);
    }

    [Fact]
    public void Link_DecidedPairThatNeverMet_JoinsTheEntity()
    {
        LinkResult before = Link();
        HashSet<(int, int)> met = [.. before.Pairs.Select(pair => (pair.LeftRecord, pair.RightRecord))];
        int right = Enumerable.Range(800, 800).First(record => !met.Contains((0, record)));

        LinkResult after = Link(new PairDecision(before.Record(right), before.Record(0), true));

        Assert.NotEqual(before.EntityOf(0), before.EntityOf(right));
        Assert.Equal(after.EntityOf(0), after.EntityOf(right));
        Assert.Equal(new DecisionUse(1, 0, 1), after.DecisionUse);
        Assert.DoesNotContain(
            after.Pairs,
            pair => (pair.LeftRecord == 0) != (pair.RightRecord == right)
                && (pair.LeftRecord == 0 || pair.RightRecord == right)
                && pair.Decision != Decision.NonMatch);
    }

    [Fact]
    public void Link_WhatTheModelSaysAnyway_ChangesNoDecision()
    {
        LinkResult before = Link();

        LinkResult after = Link([.. before.Pairs.Where(pair => pair.Decision == Decision.Match)
            .Select(pair => Decide(pair, isMatch: true))]);

        Assert.Equal(
            before.Pairs.Select(pair => (pair.LeftRecord, pair.RightRecord, pair.Decision)).Where(IsMatch),
            after.Pairs.Select(pair => (pair.LeftRecord, pair.RightRecord, pair.Decision)).Where(IsMatch));
        Assert.Equal(before.EntityCount, after.EntityCount);

        static bool IsMatch((int, int, Decision Decision) pair) => pair.Decision == Decision.Match;
    }

    [Fact]
    public void Counts_DecisionsAgainstTheThresholds_AreNotTakenForLostPairs()
    {
        LinkResult off = Linker.Link(_people.Encoded.Files, new LinkerOptions { OneToOne = OneToOneMode.Off });
        PairDecision[] decisions =
        [
            .. off.Pairs.Take(3).Select(pair => Decide(pair, isMatch: false)),
            Decide(off.Pairs[^1], isMatch: true),
        ];

        LinkResult after = Linker.Link(
            _people.Encoded.Files, new LinkerOptions { OneToOne = OneToOneMode.Off, Decisions = decisions });

        Assert.Equal(0, RunCounts.From(off).LostPairs);
        Assert.Equal(0, RunCounts.From(after).LostPairs);
        Assert.Equal(RunCounts.From(off).Matches - 2, RunCounts.From(after).Matches);
    }
}
