using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;

namespace Linkage.Core.Tests.Assignment;

public sealed class OptimalAssignmentTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    /// <summary>Greedy takes 10 and gets 11; the best is 9 + 9.</summary>
    private static readonly WeightedEdge[] GreedyTrap = [new(0, 0, 10), new(0, 1, 9), new(1, 0, 9), new(1, 1, 1)];

    [Fact]
    public void Solve_SmallGraph_EqualsBruteForce() =>
        Check.One(Thorough, Prop.ForAll(SmallGraphs.Any, edges => SmallGraphs.AllLimits.All(limits =>
        {
            bool[] kept = OptimalAssignment.Solve(edges, limits).Kept;
            return SmallGraphs.Obeys(edges, kept, limits)
                && SmallGraphs.Total(edges, kept) == SmallGraphs.BestTotal(edges, limits);
        })));

    [Fact]
    public void Solve_SmallGraph_GreedyWinsTies() =>
        Check.One(Thorough, Prop.ForAll(SmallGraphs.Any, edges =>
        {
            bool[] greedy = GreedyAssignment.Solve(edges, AssignmentLimits.OneToOne);
            double best = SmallGraphs.BestTotal(edges, AssignmentLimits.OneToOne);
            return SmallGraphs.Total(edges, greedy) < best || greedy.SequenceEqual(Solve(edges));
        }));

    [Fact]
    public void Solve_FractionalWeights_ObeysLimitsAndIsNoWorseThanGreedy() =>
        Prop.ForAll(SmallGraphs.Any, edges =>
        {
            WeightedEdge[] fractional = SmallGraphs.Sorted(
                edges.Select(edge => edge with { Weight = (edge.Weight / 7) + (0.1 * edge.Left) }));
            bool[] kept = Solve(fractional);
            bool[] greedy = GreedyAssignment.Solve(fractional, AssignmentLimits.OneToOne);
            double best = SmallGraphs.BestTotal(fractional, AssignmentLimits.OneToOne);
            double total = SmallGraphs.Total(fractional, kept);
            return SmallGraphs.Obeys(fractional, kept, AssignmentLimits.OneToOne)
                && total >= SmallGraphs.Total(fractional, greedy)
                && Math.Abs(total - best) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Solve_DisjointGraphsInterleaved_EachGetsItsOwnAnswer() =>
        Prop.ForAll(SmallGraphs.Any, SmallGraphs.Any, (first, second) =>
        {
            // The second graph's records come before the first's, its edges between them by weight.
            WeightedEdge[] both =
            [
                .. first.Select(edge => edge with { Left = edge.Left + SmallGraphs.Side, Right = edge.Right + 9 })
                    .Concat(second).OrderByDescending(edge => edge.Weight),
            ];
            bool[] kept = Solve(both);
            return kept.Where((_, i) => both[i].Left >= SmallGraphs.Side).SequenceEqual(Solve(first))
                && kept.Where((_, i) => both[i].Left < SmallGraphs.Side).SequenceEqual(Solve(second));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Solve_WeightsScaled_KeepsTheSame() =>
        Prop.ForAll(SmallGraphs.Any, edges => new[] { 0.125, 3, 1024 }.All(factor =>
            Solve([.. edges.Select(edge => edge with { Weight = edge.Weight * factor })]).SequenceEqual(Solve(edges))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Solve_GreedyTrap_TakesBothSeconds() =>
        Assert.Equal([false, true, true, false], Solve(GreedyTrap));

    [Fact]
    public void Solve_LateComerIsWorthMore_LeavesAnEarlierOneSingle()
    {
        // Left 1 enters after 0 and 2 and takes right 0; 0 moves on to right 1, and 2 has nobody else.
        WeightedEdge[] edges = [new(0, 0, 10), new(2, 1, 9.5), new(1, 0, 9), new(0, 1, 9)];
        WeightedEdge[] stronger = [new(0, 0, 10), new(0, 1, 9.5), new(1, 0, 9), new(2, 1, 8)];

        Assert.Equal([true, true, false, false], Solve(edges));
        Assert.Equal([false, true, true, false], Solve(stronger));
    }

    [Fact]
    public void Solve_OnlyNonPositiveWeights_KeepsNothing() =>
        Assert.Equal([false, false], Solve([new(0, 0, 0), new(1, 1, double.NegativeInfinity)]));

    [Fact]
    public void Solve_LongChain_MatchesEveryOtherEdge()
    {
        // A path with equal weights, met in an order that makes greedy start in the middle of it.
        const int Length = 2_000;
        List<WeightedEdge> edges = [];
        for (int i = 0; i < Length; i++)
        {
            edges.Add(new WeightedEdge(i, i, 10));
            edges.Add(new WeightedEdge(i + 1, i, 10.5));
        }

        WeightedEdge[] sorted = SmallGraphs.Sorted(edges);
        bool[] kept = Solve(sorted);

        Assert.Equal(Length, kept.Count(isKept => isKept));
        Assert.Equal(Length * 10.5, SmallGraphs.Total(sorted, kept));
    }

    [Fact]
    public void Solve_ManyOpenComponents_SolvesEachAlike()
    {
        const int Copies = 5_000;
        WeightedEdge[] edges =
        [
            .. GreedyTrap.SelectMany(edge => Enumerable.Range(0, Copies).Select(
                copy => new WeightedEdge(edge.Left + (2 * copy), edge.Right + (2 * copy), edge.Weight))),
        ];

        AssignmentResult result = OptimalAssignment.Solve(edges, AssignmentLimits.OneToOne);

        Assert.Equal(edges.Select(edge => edge.Weight == 9), result.Kept);
        Assert.Equal((0, 0L), (result.FallbackComponents, result.FallbackEdges));
    }

    [Fact]
    public void Solve_PlantedOptimum_FindsItsTotal()
    {
        // Potentials u and v with weight = u + v on the diagonal and less elsewhere: by duality no matching has more
        // than the diagonal. Small weights make the searches long.
        const int Side = 150;
        Random random = new(7);
        int[] left = [.. Enumerable.Range(0, Side).Select(_ => random.Next(0, 40))];
        int[] right = [.. Enumerable.Range(0, Side).Select(_ => random.Next(1, 40))];
        List<WeightedEdge> edges = [];
        for (int i = 0; i < Side * Side; i++)
        {
            (int a, int b) = (i / Side, i % Side);
            edges.Add(new WeightedEdge(a, b, left[a] + right[b] - (a == b ? 0 : random.Next(0, 4))));
        }

        WeightedEdge[] sorted = SmallGraphs.Sorted(edges);
        bool[] kept = Solve(sorted);

        Assert.Equal(left.Sum() + right.Sum(), SmallGraphs.Total(sorted, kept));
        Assert.True(SmallGraphs.Obeys(sorted, kept, AssignmentLimits.OneToOne));
    }

    [Fact]
    public void Solve_OneComponentOverBound_KeepsItsGreedyAnswerAndIsCounted()
    {
        // The second trap is dragged out by weak edges to strangers; the first stays within the bound.
        WeightedEdge[] edges =
        [
            .. GreedyTrap.SelectMany(edge => new[] { edge, new(edge.Left + 2, edge.Right + 2, edge.Weight) }),
            .. Enumerable.Range(4, 100).Select(stranger => new WeightedEdge(2, stranger, 0.5)),
        ];

        AssignmentResult result = OptimalAssignment.Solve(
            edges, AssignmentLimits.OneToOne, maxComponentSteps: 50, CancellationToken.None);

        Assert.Equal([false, true, true, false, true, false, false, true], result.Kept[..8]);
        Assert.Equal((1, 104L), (result.FallbackComponents, result.FallbackEdges));
        Assert.DoesNotContain(true, result.Kept[8..]);
    }

    [Fact]
    public void Solve_Cancelled_Throws()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => OptimalAssignment.Solve(GreedyTrap, AssignmentLimits.OneToOne, source.Token));
    }

    private static bool[] Solve(WeightedEdge[] edges) => OptimalAssignment.Solve(edges, AssignmentLimits.OneToOne).Kept;
}
