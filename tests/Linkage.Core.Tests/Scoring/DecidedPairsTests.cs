using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Storage;
using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Scoring;

/// <summary>
/// Three parties of four records: 0 to 3, 4 to 7, 8 to 11; level i weighs i − 5 bits at even prior odds.
/// </summary>
public sealed class DecidedPairsTests : IDisposable
{
    private readonly EncodedProject _project = new(SmallSchemas.TwoNumbers);
    private readonly RecordSpace _space;

    public DecidedPairsTests()
    {
        for (int party = 0; party < 3; party++)
        {
            _project.Add($"party{party}", NumberRows.Make(4, (ulong)party));
        }

        _space = new RecordSpace(_project.Files);
    }

    private static Arbitrary<(int, int)[]> Matches =>
        Gen.Choose(0, 3).SelectMany(left => Gen.Choose(4, 7).Select(right => (left, right)))
            .ArrayOf()
            .Select(pairs => pairs.DistinctBy(pair => pair.left).DistinctBy(pair => pair.right).ToArray())
            .ToArbitrary();

    private static Arbitrary<(int Left, int Right, int Level)[]> Candidates =>
        Gen.Choose(0, 9).ArrayOf(16)
            .Select(levels => levels.Select((level, i) => (Left: i / 4, Right: 4 + (i % 4), Level: level)).ToArray())
            .ToArbitrary();

    public void Dispose() => _project.Dispose();

    private PairDecision Decision(int left, int right, bool isMatch, string? source = null) =>
        new(_space.Reference(left), _space.Reference(right), isMatch) { Source = source };

    private LinkPlan Plan(
        IEnumerable<PairDecision> decisions, OneToOneMode mode = OneToOneMode.Optimal, params string[] duplicates) =>
        LinkPlan.Create(
            _project.Files,
            new LinkerOptions { Decisions = [.. decisions], OneToOne = mode, DuplicateParties = duplicates });

    private DecidedPartners Partners(LinkPlan plan) => new(plan, _space, DecidedPairs.From(plan, _space).Links);

    private DecidedPartners Decided(params PairDecision[] decisions) => Partners(Plan(decisions));

    private Decision[] Decide(
        (int Left, int Right, int Level)[] pairs, OneToOneMode mode, IEnumerable<PairDecision> decisions)
    {
        LinkPlan plan = Plan(decisions, mode);
        CandidatePairs candidates = Met.Pairs(pairs);
        var scores = new PatternScores(candidates.Patterns, TestModels.Ladder);
        var decider = new PairDecider(
            plan,
            _space,
            candidates,
            scores,
            PairProbabilities.Alone(candidates, scores),
            DecidedPairs.From(plan, _space).Links);
        return decider.Decide(plan.Schema.Thresholds, CancellationToken.None).Decisions;
    }

    private string Refusal(params PairDecision[] decisions)
    {
        string message = Assert.Throws<EncodingFormatException>(() => Decided(decisions)).Message;
        for (int record = 0; record < _space.Count; record++)
        {
            Assert.DoesNotContain(_space.Reference(record).Handle, message, StringComparison.Ordinal);
        }

        return message;
    }

    [Fact]
    public void Of_NoDecisions_SaysNothing() => Assert.Equal(Verdict.Open, Decided().Of(0, 4));

    [Fact]
    public void Of_DecidedPair_IsSaidInEitherOrderAndOfNoOther()
    {
        DecidedPartners decided = Decided(Decision(4, 0, isMatch: true), Decision(1, 5, isMatch: false));

        Assert.Equal(Verdict.Match, decided.Of(0, 4));
        Assert.Equal(Verdict.Match, decided.Of(4, 0));
        Assert.Equal(Verdict.NonMatch, decided.Of(5, 1));
        Assert.Equal(Verdict.Open, decided.Of(2, 6));
        Assert.Equal(Verdict.Open, decided.Of(1, 6));
    }

    [Fact]
    public void Of_ChainOfDecisions_FollowsThemAll()
    {
        DecidedPartners decided = Decided(
            Decision(0, 4, isMatch: true), Decision(4, 8, isMatch: true), Decision(8, 1, isMatch: false),
            Decision(2, 9, isMatch: false), Decision(9, 5, isMatch: true));

        Assert.Equal(Verdict.Match, decided.Of(0, 8));
        Assert.Equal(Verdict.NonMatch, decided.Of(4, 1));
        Assert.Equal(Verdict.NonMatch, decided.Of(2, 5));
        Assert.Equal(Verdict.Open, decided.Of(3, 6));
    }

    [Fact]
    public void Of_OneToOne_LeavesNoOtherPartnerInAPartyWithoutDuplicates()
    {
        PairDecision[] decisions = [Decision(0, 4, isMatch: true)];

        Assert.Equal(Verdict.NonMatch, Partners(Plan(decisions, OneToOneMode.Greedy)).Of(0, 5));
        Assert.Equal(Verdict.Open, Partners(Plan(decisions, OneToOneMode.Greedy)).Of(0, 8));
        Assert.Equal(Verdict.Open, Partners(Plan(decisions, OneToOneMode.Off)).Of(0, 5));
        Assert.Equal(Verdict.Open, Partners(Plan(decisions, OneToOneMode.Optimal, "party1")).Of(0, 5));
    }

    [Fact]
    public void Decide_AnyPairsAndMatches_KeepsTheMatchesAndOnePartnerEach()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Candidates, Matches, (pairs, matches) =>
            new[] { OneToOneMode.Greedy, OneToOneMode.Optimal }.All(mode =>
            {
                Decision[] decisions =
                    Decide(pairs, mode, matches.Select(pair => Decision(pair.Item1, pair.Item2, isMatch: true)));
                (int Left, int Right, int)[] kept =
                    [.. pairs.Where((_, i) => decisions[i] != Core.Scoring.Decision.NonMatch)];
                return matches.All(pair =>
                        decisions[(pair.Item1 * 4) + pair.Item2 - 4] == Core.Scoring.Decision.Match)
                    && kept.DistinctBy(pair => pair.Left).Count() == kept.Length
                    && kept.DistinctBy(pair => pair.Right).Count() == kept.Length;
            })));
    }

    [Fact]
    public void Decide_AnyPairsAndNonMatches_KeepsNoneOfThem()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Candidates, Matches, (pairs, apart) =>
            new[] { OneToOneMode.Off, OneToOneMode.Greedy, OneToOneMode.Optimal }.All(mode =>
            {
                Decision[] decisions =
                    Decide(pairs, mode, apart.Select(pair => Decision(pair.Item1, pair.Item2, isMatch: false)));
                return apart.All(pair =>
                    decisions[(pair.Item1 * 4) + pair.Item2 - 4] == Core.Scoring.Decision.NonMatch);
            })));
    }

    [Fact]
    public void From_OppositeDecisions_NameARow() =>
        Assert.StartsWith(
            "b.csv: row 7: ",
            Refusal(Decision(0, 4, isMatch: true, "a.csv: row 1"), Decision(4, 0, isMatch: false, "b.csv: row 7")),
            StringComparison.Ordinal);

    [Fact]
    public void CountUse_SameDecisionTwice_CountsOnce()
    {
        LinkPlan plan = Plan([Decision(0, 4, isMatch: true), Decision(4, 0, isMatch: true)]);

        Assert.Equal(new DecisionUse(1, 0, 1), DecidedPairs.From(plan, _space).CountUse(Met.Pairs((1, 5, 3))));
    }

    [Fact]
    public void From_NonMatchWithinAChainOfMatches_IsRefused() =>
        Assert.StartsWith(
            "r3: ",
            Refusal(
                Decision(0, 4, isMatch: true, "r1"),
                Decision(4, 8, isMatch: true, "r2"),
                Decision(0, 8, isMatch: false, "r3")),
            StringComparison.Ordinal);

    [Fact]
    public void From_TwoPartnersInAPartyWithoutDuplicates_AreFollowed()
    {
        DecidedPartners decided = Decided(Decision(0, 4, isMatch: true), Decision(0, 5, isMatch: true));

        Assert.Equal(Verdict.Match, decided.Of(0, 4));
        Assert.Equal(Verdict.Match, decided.Of(4, 5));
        Assert.Equal(Verdict.NonMatch, decided.Of(0, 6));
    }

    [Fact]
    public void From_UnknownRecord_NamesTheRowOnly()
    {
        RecordReference known = _space.Reference(0);
        var nowhere = new RecordReference("party1", new string('0', 32));
        var stranger = new RecordReference("party9", known.Handle);
        var upper = new RecordReference("party1", _space.Reference(4).Handle.ToUpperInvariant() + "F");

        PairDecision[] wrong =
        [
            new(known, nowhere, true) { Source = "row 1" },
            new(stranger, known, false) { Source = "row 2" },
            new(known, upper, true) { Source = "row 3" },
            new(known, known, true) { Source = "row 4" },
            new(known, nowhere, false),
        ];
        Assert.All(wrong, one => Assert.StartsWith(
            $"{one.Source ?? nameof(PairDecision)}: ", Refusal(one), StringComparison.Ordinal));
    }

    [Fact]
    public void Find_EveryHandle_GivesItsRecord()
    {
        for (int record = 0; record < _space.Count; record++)
        {
            Assert.Equal(record, _space.Find(_space.PartyOf(record), _space.Reference(record).Handle));
            Assert.Equal(-1, _space.Find((_space.PartyOf(record) + 1) % 3, _space.Reference(record).Handle));
        }
    }
}
