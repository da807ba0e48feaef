using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;
using Linkage.Core.Clustering;

namespace Linkage.Core.Tests.Clustering;

public sealed class EntityMeasuresTests
{
    private const int Records = 7;

    /// <summary>Links of seven records, no pair twice, probabilities in tenths.</summary>
    private static Arbitrary<WeightedEdge[]> Links =>
        Gen.Choose(0, Records - 1).SelectMany(left => Gen.Choose(0, Records - 1).SelectMany(right =>
                Gen.Choose(1, 10).Select(
                    tenths => new WeightedEdge(Math.Min(left, right), Math.Max(left, right), tenths / 10.0))))
            .ArrayOf()
            .Select(links => links.Where(link => link.Left != link.Right)
                .DistinctBy(link => (link.Left, link.Right)).OrderByDescending(link => link.Weight).ToArray())
            .ToArbitrary();

    private static EntityMetrics[] Measure(WeightedEdge[] links, params int[] sources) =>
        EntityMeasures.Measure(EntityClustering.Cluster(sources, new bool[sources.Max() + 1], links), sources, links);

    private static int Components(IEnumerable<WeightedEdge> links) =>
        EntityClustering.Cluster(new int[Records], [false], [.. links.Select(link => link with { Weight = 1 })]).Count;

    [Fact]
    public void Measure_AnyLinks_CountsLinksWhoseLossSplits() =>
        Prop.ForAll(Links, links =>
        {
            int whole = Components(links);
            int expected = links.Count(link => Components(links.Where(other => other != link)) > whole);
            return Measure(links, new int[Records]).Sum(entity => entity.Bridges) == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Measure_AnyLinks_WeakestLinkIsWhereTheEntityFallsApart() =>
        Prop.ForAll(Links, links =>
        {
            EntityClusters clusters = EntityClustering.Cluster(new int[Records], [false], links);
            return EntityMeasures.Measure(clusters, new int[Records], links).All(entity =>
            {
                WeightedEdge[] own = [.. links.Where(link => clusters.Labels[link.Left] == entity.Entity)];
                int others = Records - entity.Records;
                return Components(own.Where(link => link.Weight >= entity.WeakestLink)) == others + 1
                    && Components(own.Where(link => link.Weight > entity.WeakestLink)) > others + 1;
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Measure_AnyLinks_CountsAddUpAndOrderIsWorstFirst() =>
        Prop.ForAll(Links, links =>
        {
            EntityMetrics[] entities = Measure(links, new int[Records]);
            return entities.Sum(entity => entity.Pairs) == links.Length
                && entities.All(entity => entity.Pairs >= entity.Records - 1 && entity.Density is > 0 and <= 1)
                && entities.SequenceEqual(
                    entities.OrderBy(entity => entity.Density).ThenBy(entity => entity.WeakestLink)
                        .ThenByDescending(entity => entity.Records).ThenBy(entity => entity.Entity));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Measure_TriangleWithATail_IsKnown()
    {
        EntityMetrics entity = Assert.Single(Measure(
            [new(0, 1, 0.9), new(1, 2, 0.8), new(2, 3, 0.7), new(0, 2, 0.6)], 0, 0, 1, 2, 2));

        EntityMetrics expected = new()
        {
            Entity = 0,
            Records = 4,
            Parties = 3,
            Pairs = 4,
            Density = 4.0 / 6,
            WeakestLink = 0.7,
            Bridges = 1,
        };
        Assert.Equal(expected, entity);
    }

    [Fact]
    public void Measure_TwoRecords_HangOnOneLink()
    {
        EntityMetrics entity = Assert.Single(Measure([new(0, 2, 0.75)], 0, 0, 1));

        Assert.Equal((2, 2, 1L, 1.0, 0.75, 1),
            (entity.Records, entity.Parties, entity.Pairs, entity.Density, entity.WeakestLink, entity.Bridges));
    }

    [Fact]
    public void Measure_RefusedLink_DoesNotCount()
    {
        WeightedEdge[] links = [new(0, 1, 0.9), new(0, 2, 0.8)];

        EntityMetrics entity =
            Assert.Single(EntityMeasures.Measure(new EntityClusters([0, 0, 1], 2, 1), [0, 0, 0], links));

        Assert.Equal((2, 1L, 1), (entity.Records, entity.Pairs, entity.Bridges));
    }

    [Fact]
    public void Measure_ChainOfManyRecords_HasAsManyBridgesAsLinks()
    {
        const int Length = 200_000;
        WeightedEdge[] links = [.. Enumerable.Range(0, Length).Select(i => new WeightedEdge(i, i + 1, 0.5))];

        EntityMetrics entity = Assert.Single(Measure(links, new int[Length + 1]));

        Assert.Equal(Length, entity.Bridges);
        Assert.Equal(2.0 / (Length + 1), entity.Density, 1e-12);
    }
}
