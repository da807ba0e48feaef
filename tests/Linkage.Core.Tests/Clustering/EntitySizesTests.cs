using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Clustering;

namespace Linkage.Core.Tests.Clustering;

public sealed class EntitySizesTests
{
    [Fact]
    public void Histogram_KnownLabels_CountsSmallestFirst() =>
        Assert.Equal([new(1, 2), new(3, 1)], EntitySizes.Histogram(new EntityClusters([0, 1, 0, 2, 0], 3, 0)));

    [Fact]
    public void Histogram_AnyLabels_AgreesWithGrouping() =>
        Prop.ForAll(Gen.Choose(0, 5).ArrayOf().ToArbitrary(), entities =>
        {
            int[] distinct = [.. entities.Distinct()];
            int[] labels = [.. entities.Select(entity => Array.IndexOf(distinct, entity))];
            EntitySize[] expected =
            [
                .. labels.CountBy(label => label).CountBy(entity => entity.Value)
                    .OrderBy(size => size.Key).Select(size => new EntitySize(size.Key, size.Value)),
            ];
            return EntitySizes.Histogram(new EntityClusters(labels, distinct.Length, 0)).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Histogram_NoRecords_IsEmpty() =>
        Assert.Empty(EntitySizes.Histogram(new EntityClusters([], 0, 0)));
}
