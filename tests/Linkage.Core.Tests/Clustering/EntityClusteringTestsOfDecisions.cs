using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;
using Linkage.Core.Clustering;

namespace Linkage.Core.Tests.Clustering;

/// <summary>What a person decided goes before what the edges say.</summary>
public sealed class EntityClusteringTestsOfDecisions
{
    private const int Records = 8;

    private static readonly int[] Sources = [0, 0, 0, 1, 1, 1, 2, 2];

    private sealed record Instance(bool[] Free, WeightedEdge[] Edges, DecidedLink[] Links)
    {
        internal EntityClusters Cluster() =>
            EntityClustering.Cluster(Sources, Free, Edges, null, DecidedLinks.From(Records, Links));
    }

    /// <summary>Decisions drawn from made-up persons, so that none contradicts another.</summary>
    private static Arbitrary<Instance> Instances =>
        Pairs.SelectMany(edges => Pairs.SelectMany(links =>
            Gen.Choose(0, 2).ArrayOf(Records).SelectMany(persons =>
                Gen.Choose(0, 1).Select(roll => roll > 0).ArrayOf(3).Select(free => new Instance(
                    free,
                    [.. edges.Select((pair, i) => new WeightedEdge(pair.Left, pair.Right, edges.Length - i))],
                    [
                        .. links.Where(pair => pair.Left != pair.Right).Take(6).Select(pair => new DecidedLink(
                            pair.Left, pair.Right, persons[pair.Left] == persons[pair.Right])),
                    ]))))).ToArbitrary();

    private static Gen<(int Left, int Right)[]> Pairs =>
        Gen.Choose(0, Records - 1)
            .SelectMany(left => Gen.Choose(0, Records - 1).Select(right => (Left: left, Right: right))).ArrayOf();

    [Fact]
    public void Cluster_AnyDecisions_AreFollowed() =>
        Prop.ForAll(Instances, instance =>
        {
            int[] labels = instance.Cluster().Labels;
            return instance.Links.All(link => labels[link.Left] == labels[link.Right] == link.IsMatch);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cluster_AnyDecisions_OnlyTheyBreakPromises() =>
        Prop.ForAll(Instances, instance =>
        {
            var decided = DecidedLinks.From(Records, instance.Links);
            EntityClusters clusters = instance.Cluster();
            (int, int)[] broken =
            [
                .. from a in Enumerable.Range(0, Records)
                   from b in Enumerable.Range(a + 1, Records - a - 1)
                   where clusters.Labels[a] == clusters.Labels[b]
                       && Sources[a] == Sources[b] && instance.Free[Sources[a]]
                   select (a, b),
            ];
            return broken.All(pair => decided.Of(pair.Item1, pair.Item2) == Verdict.Match)
                && broken.Length > 0 == clusters.BrokenPromises > 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cluster_DecisionsThatFollowAnyway_ChangeNothing() =>
        Prop.ForAll(Instances, instance =>
        {
            Instance free = instance with { Free = new bool[3], Links = [] };
            int[] labels = free.Cluster().Labels;
            DecidedLink[] known =
            [
                .. instance.Links.Select(link => link with { IsMatch = labels[link.Left] == labels[link.Right] }),
            ];
            return (free with { Links = known }).Cluster().Labels.SequenceEqual(labels);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cluster_MustLinkWithoutSupport_IsFollowedAndJoinsItsSupport()
    {
        WeightedEdge[] edges = [new(0, 1, 9), new(2, 3, 9), new(1, 2, 9)];

        // Between the pairs one of four links is certain: a quarter, just enough; with 4 it would not be.
        EntityClusters joined = EntityClustering.Cluster(
            new int[5], [false], edges, new ClusterSupport(5, Certain(edges)), DecidedLinks.None);
        EntityClusters decided = EntityClustering.Cluster(
            new int[5], [false], edges, new ClusterSupport(5, Certain(edges)), DecidedLinks.From(5, [new(0, 4, true)]));

        Assert.Equal([0, 0, 0, 0, 1], joined.Labels);
        Assert.Equal([0, 0, 1, 1, 0], decided.Labels);
        Assert.Equal(1, decided.RefusedEdges);
    }

    [Fact]
    public void Cluster_MustLinkWithinAFreeSource_IsFollowedAndCounted()
    {
        EntityClusters clusters = EntityClustering.Cluster(
            [0, 0, 1], [true, true], [new(1, 2, 3)], null, DecidedLinks.From(3, [new(0, 1, true)]));

        Assert.Equal([0, 0, 0], clusters.Labels);
        Assert.Equal(1, clusters.BrokenPromises);
    }

    [Fact]
    public void Cluster_CannotLinkAcrossAChain_RefusesTheLighterEdge()
    {
        EntityClusters clusters = EntityClustering.Cluster(
            [0, 1, 2], [false, false, false], [new(0, 1, 5), new(1, 2, 4)], null,
            DecidedLinks.From(3, [new(2, 0, false)]));

        Assert.Equal([0, 0, 1], clusters.Labels);
        Assert.Equal(1, clusters.RefusedEdges);
        Assert.Equal(0, clusters.BrokenPromises);
    }

    private static IEnumerable<WeightedEdge> Certain(WeightedEdge[] edges) =>
        edges.Select(edge => edge with { Weight = 1 });
}
