using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;
using Linkage.Core.Clustering;

namespace Linkage.Core.Tests.Clustering;

public sealed class EntityClusteringTests
{
    private const int Records = 9;
    private const int Sources = 3;

    private static readonly bool[] NoneFree = new bool[Sources];

    private sealed record Instance(int[] SourceOfRecord, bool[] DuplicatesFree, (int A, int B)[] Links)
    {
        internal WeightedEdge[] Edges =>
            [.. Links.Select((link, i) => new WeightedEdge(link.A, link.B, Links.Length - i))];

        internal EntityClusters Cluster() => EntityClustering.Cluster(SourceOfRecord, DuplicatesFree, Edges);
    }

    private static Arbitrary<Instance> Instances =>
        Gen.Choose(0, Sources - 1).ArrayOf(Records).SelectMany(sources =>
            Gen.Choose(0, 3).Select(roll => roll > 0).ArrayOf(Sources).SelectMany(free =>
                Gen.Choose(0, Records - 1).SelectMany(a => Gen.Choose(0, Records - 1).Select(b => (a, b))).ArrayOf()
                    .Select(links => new Instance(sources, free, links)))).ToArbitrary();

    [Fact]
    public void Cluster_AnyInstance_AgreesWithSetsOfRecords() =>
        Prop.ForAll(Instances, instance =>
        {
            (int[] labels, int refused) = Reference(instance);
            EntityClusters clusters = instance.Cluster();
            return clusters.Labels.SequenceEqual(labels)
                && clusters.RefusedEdges == refused
                && clusters.Count == labels.Distinct().Count();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cluster_AnyInstance_HoldsOneRecordPerFreeSource() =>
        Prop.ForAll(Instances, instance =>
        {
            int[] labels = instance.Cluster().Labels;
            return Enumerable.Range(0, Records)
                .Where(record => instance.DuplicatesFree[instance.SourceOfRecord[record]])
                .GroupBy(record => (labels[record], instance.SourceOfRecord[record]))
                .All(group => group.Count() == 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cluster_NoFreeSource_GivesConnectedComponents() =>
        Prop.ForAll(Instances, instance =>
        {
            Instance unlimited = instance with { DuplicatesFree = NoneFree };
            EntityClusters clusters = unlimited.Cluster();
            int[] lowest = [.. Enumerable.Range(0, Records)];
            for (int round = 0; round < Records; round++)
            {
                foreach ((int a, int b) in unlimited.Links)
                {
                    lowest[a] = lowest[b] = Math.Min(lowest[a], lowest[b]);
                }
            }

            return clusters.RefusedEdges == 0 && SamePartition(clusters.Labels, lowest);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cluster_EndpointsSwapped_GivesTheSame() =>
        Prop.ForAll(Instances, instance =>
        {
            Instance swapped = instance with { Links = [.. instance.Links.Select(link => (link.B, link.A))] };
            return swapped.Cluster().Labels.SequenceEqual(instance.Cluster().Labels)
                && swapped.Cluster().RefusedEdges == instance.Cluster().RefusedEdges;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cluster_RecordsRenumbered_GivesTheSamePartition() =>
        Prop.ForAll(Instances, Gen.Shuffle(Enumerable.Range(0, Records)).ToArbitrary(), (instance, numbers) =>
        {
            int[] sources = new int[Records];
            for (int record = 0; record < Records; record++)
            {
                sources[numbers[record]] = instance.SourceOfRecord[record];
            }

            Instance renumbered = new(
                sources,
                instance.DuplicatesFree,
                [.. instance.Links.Select(link => (numbers[link.A], numbers[link.B]))]);
            int[] labels = renumbered.Cluster().Labels;
            return SamePartition([.. numbers.Select(number => labels[number])], instance.Cluster().Labels);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cluster_HeavierEdgeFirst_RefusesTheLighter()
    {
        EntityClusters clusters = EntityClustering.Cluster(
            [0, 0, 1, 2], [true, true, false], [new(0, 2, 5), new(3, 1, 4), new(2, 1, 3), new(3, 2, 2)]);

        Assert.Equal([0, 1, 0, 1], clusters.Labels);
        Assert.Equal(2, clusters.Count);
        Assert.Equal(2, clusters.RefusedEdges);
    }

    [Fact]
    public void Cluster_LastOfSixtyFourSources_KeepsItsBit()
    {
        bool[] free = [.. Enumerable.Repeat(true, EntityClustering.MaxSources)];

        EntityClusters clusters = EntityClustering.Cluster(
            [63, 63, 31, 0], free, [new(0, 2, 3), new(2, 3, 2), new(1, 3, 1)]);

        Assert.Equal([0, 1, 0, 0], clusters.Labels);
        Assert.Equal(1, clusters.RefusedEdges);
    }

    [Fact]
    public void Cluster_NoRecords_GivesNoEntities() =>
        Assert.Equal(0, EntityClustering.Cluster([], [true], []).Count);

    [Fact]
    public void Cluster_TooManySources_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EntityClustering.Cluster([], new bool[65], []));

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Cluster_UnknownSource_Throws(int source) =>
        Assert.Throws<ArgumentException>(() => EntityClustering.Cluster([source], [true], []));

    [Fact]
    public void Cluster_UnknownRecord_Throws() =>
        Assert.Throws<ArgumentException>(() => EntityClustering.Cluster([0], [true], [new(0, 1, 1)]));

    /// <summary>The rule word by word, on sets of records, with labels in the order of first records.</summary>
    private static (int[] Labels, int Refused) Reference(Instance instance)
    {
        List<HashSet<int>> clusters = [.. Enumerable.Range(0, Records).Select(record => new HashSet<int> { record })];
        int refused = 0;
        foreach ((int a, int b) in instance.Links)
        {
            HashSet<int> first = clusters.Single(cluster => cluster.Contains(a));
            HashSet<int> second = clusters.Single(cluster => cluster.Contains(b));
            bool violates = first.Union(second).GroupBy(record => instance.SourceOfRecord[record])
                .Any(group => group.Count() > 1 && instance.DuplicatesFree[group.Key]);
            if (violates && first != second)
            {
                refused++;
            }
            else if (first != second)
            {
                first.UnionWith(second);
                _ = clusters.Remove(second);
            }
        }

        List<HashSet<int>> inOrder = [.. clusters.OrderBy(cluster => cluster.Min())];
        int[] labels = [.. Enumerable.Range(0, Records).Select(r => inOrder.FindIndex(c => c.Contains(r)))];
        return (labels, refused);
    }

    private static bool SamePartition(int[] first, int[] second) =>
        first.Zip(second).Distinct().Count() == first.Distinct().Count()
        && first.Distinct().Count() == second.Distinct().Count();
}
