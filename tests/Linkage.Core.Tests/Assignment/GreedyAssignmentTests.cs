using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;

namespace Linkage.Core.Tests.Assignment;

public sealed class GreedyAssignmentTests
{
    [Fact]
    public void Solve_AnyGraph_ObeysLimits() =>
        Prop.ForAll(SmallGraphs.Any, edges => SmallGraphs.AllLimits.All(
            limits => SmallGraphs.Obeys(edges, GreedyAssignment.Solve(edges, limits), limits)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Solve_OneToOne_IsMaximalMatching() =>
        Prop.ForAll(SmallGraphs.Any, edges =>
        {
            bool[] kept = GreedyAssignment.Solve(edges, AssignmentLimits.OneToOne);
            WeightedEdge[] links = [.. edges.Where((_, i) => kept[i])];
            return edges.Where((edge, i) => edge.Weight > 0 && !kept[i]).All(
                edge => links.Any(link => link.Left == edge.Left || link.Right == edge.Right));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Solve_OneToOne_ReachesHalfOfBest() =>
        Prop.ForAll(SmallGraphs.Any, edges =>
        {
            bool[] kept = GreedyAssignment.Solve(edges, AssignmentLimits.OneToOne);
            return 2 * SmallGraphs.Total(edges, kept) >= SmallGraphs.BestTotal(edges, AssignmentLimits.OneToOne);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Solve_NoLimits_KeepsAllPositive()
    {
        WeightedEdge[] edges = [new(0, 0, 2), new(0, 1, 1), new(1, 1, 0), new(1, 0, -1)];

        Assert.Equal([true, true, false, false], GreedyAssignment.Solve(edges, default));
    }

    [Fact]
    public void Solve_RightLimited_EveryRightKeepsItsFirstBest()
    {
        WeightedEdge[] edges = [new(0, 0, 3), new(0, 1, 3), new(1, 0, 3), new(1, 1, 1), new(2, 2, -1)];

        Assert.Equal([true, true, false, false, false], GreedyAssignment.Solve(edges, new(false, true)));
    }

    [Fact]
    public void Solve_LeftLimited_EveryLeftKeepsItsFirstBest()
    {
        WeightedEdge[] edges = [new(0, 0, 3), new(0, 1, 3), new(1, 0, 3), new(1, 1, 1)];

        Assert.Equal([true, false, true, false], GreedyAssignment.Solve(edges, new(true, false)));
    }

    [Fact]
    public void Solve_NoEdges_KeepsNothing() =>
        Assert.Empty(GreedyAssignment.Solve([], AssignmentLimits.OneToOne));

    [Fact]
    public void Solve_LightestFirst_Throws()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => GreedyAssignment.Solve([new(0, 0, 1), new(1, 1, 2)], default));

        Assert.Contains("Edge 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(double.PositiveInfinity, 0, 0)]
    [InlineData(1, -1, 0)]
    [InlineData(1, 0, -1)]
    public void Solve_UnusableEdge_Throws(double weight, int left, int right) =>
        Assert.Throws<ArgumentException>(() => GreedyAssignment.Solve([new(left, right, weight)], default));

    [Fact]
    public void Solve_WeightsAllPositive_SeesTheLastEdge() =>
        Assert.Equal([true, true], GreedyAssignment.Solve([new(0, 0, 2), new(1, 1, 1)], AssignmentLimits.OneToOne));
}
