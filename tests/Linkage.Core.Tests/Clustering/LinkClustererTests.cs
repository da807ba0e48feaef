using Linkage.Core.Assignment;
using Linkage.Core.Clustering;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Clustering;

public sealed class LinkClustererTests
{
    private static LinkedPair Pair(
        RecordSpace space, int left, int right, double probability, Decision decision = Decision.Match) =>
        new(space, left, right, default, probability, probability, decision);

    [Fact]
    public void Measure_DecidedLinks_AreCertainAndCountThoughTheyNeverMet()
    {
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("left", NumberRows.Make(4, 1));
        var space = new RecordSpace(project.Files);
        var decided = DecidedLinks.From(4, [new(1, 0, true), new(2, 1, true), new(1, 2, true), new(3, 3, true)]);

        // 0 and 1 did not meet; 0 and 2 met, looked different, and follow from the decisions.
        EntityMetrics entity = Assert.Single(LinkClusterer.Measure(
            space,
            new EntityClusters([0, 0, 0, 0], 1, 0),
            [Pair(space, 2, 3, 0.8), Pair(space, 0, 2, 0.1), Pair(space, 0, 3, 0.3, Decision.Possible)],
            decided));

        Assert.Equal(4, entity.Pairs);
        Assert.Equal(0.8, entity.WeakestLink);
        Assert.Equal(1, entity.Bridges);
    }
}
