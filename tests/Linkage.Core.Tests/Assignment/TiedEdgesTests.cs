using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;

namespace Linkage.Core.Tests.Assignment;

public sealed class TiedEdgesTests
{
    private static Arbitrary<WeightedEdge[]> FewEdges =>
        Gen.Choose(0, 3)
            .SelectMany(left => Gen.Choose(0, 3).SelectMany(right => Gen.Choose(1, 3).Select(
                weight => new WeightedEdge(left, right, weight))))
            .ArrayOf()
            .Select(edges => SmallGraphs.Sorted(edges.DistinctBy(edge => (edge.Left, edge.Right)).Take(10)))
            .ToArbitrary();

    private static bool[] Find(WeightedEdge[] edges, AssignmentLimits limits) =>
        TiedEdges.Find(edges, OptimalAssignment.Solve(edges, limits).Kept, limits);

    [Fact]
    public void Find_AnyGraph_AgreesWithTryingEveryOtherChoice() =>
        Prop.ForAll(FewEdges, edges => SmallGraphs.AllLimits.All(limits =>
        {
            bool[] kept = OptimalAssignment.Solve(edges, limits).Kept;
            return TiedEdges.Find(edges, kept, limits)
                .SequenceEqual(edges.Select((_, i) => kept[i] && HasOtherChoice(edges, kept, limits, i)));
        })).QuickCheckThrowOnFailure();

    [Fact]
    public void Find_AnyGraph_TiesArePossibleWithTwoEdgesOfOneWeightOnly() =>
        Prop.ForAll(FewEdges, edges =>
        {
            bool[] tied = Find(edges, AssignmentLimits.OneToOne);
            return edges.Where((_, i) => tied[i]).All(
                edge => edges.Count(other => other.Weight.Equals(edge.Weight)) > 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Find_TwoPartnersOfOneWeight_IsTied() =>
        Assert.Equal([true, false], Find([new(0, 0, 5), new(0, 1, 5)], AssignmentLimits.OneToOne));

    [Fact]
    public void Find_OtherPartnerIsBetterOff_IsNotTied() =>
        Assert.Equal(
            [false, false, false],
            Find([new(1, 1, 6), new(0, 0, 5), new(0, 1, 5)], AssignmentLimits.OneToOne));

    [Fact]
    public void Find_TwinsOnBothSides_AllAreTied() =>
        Assert.Equal(
            [true, false, false, true],
            Find([new(0, 0, 5), new(0, 1, 5), new(1, 0, 5), new(1, 1, 5)], AssignmentLimits.OneToOne));

    [Fact]
    public void Find_ChainToASingleRecord_TiesEveryLinkOfIt()
    {
        WeightedEdge[] edges = [new(0, 0, 5), new(0, 1, 5), new(1, 1, 5), new(1, 2, 5)];

        Assert.Equal(
            [true, true],
            Find(edges, AssignmentLimits.OneToOne).Where((_, i) => i is 0 or 2));
    }

    [Fact]
    public void Find_NobodyLimited_NothingIsTied() =>
        Assert.Equal([false, false], Find([new(0, 0, 5), new(0, 1, 5)], default));

    [Fact]
    public void Find_OneSideLimited_OnlyItsRecordsChoose()
    {
        WeightedEdge[] edges = [new(0, 0, 5), new(0, 1, 5)];

        Assert.Equal([true, false], Find(edges, new(true, false)));
        Assert.Equal([false, false], Find(edges, new(false, true)));
    }

    /// <summary>Whether a choice without the edge keeps as many of its weight, and all of other weights.</summary>
    private static bool HasOtherChoice(WeightedEdge[] edges, bool[] kept, AssignmentLimits limits, int edge)
    {
        int[] ofWeight = [.. Enumerable.Range(0, edges.Length).Where(i => edges[i].Weight.Equals(edges[edge].Weight))];
        int needed = ofWeight.Count(i => kept[i]);
        for (int choice = 0; choice < 1 << ofWeight.Length; choice++)
        {
            bool[] other = [.. kept];
            for (int bit = 0; bit < ofWeight.Length; bit++)
            {
                other[ofWeight[bit]] = (choice >> bit & 1) != 0;
            }

            if (!other[edge] && ofWeight.Count(i => other[i]) >= needed && SmallGraphs.Obeys(edges, other, limits))
            {
                return true;
            }
        }

        return false;
    }
}
