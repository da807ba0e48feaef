using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;
using Linkage.Core.Comparisons;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Comparisons;

public sealed class FieldComparerTests
{
    private const int Name = 2;

    private static LinkageSchema WithCuts(ProtectionProfile profile, IReadOnlyList<double> cuts)
    {
        LinkageSchema schema = SmallSchemas.TwoNumbers;
        return schema with
        {
            Profile = profile,
            Fields = [schema.Fields[0], schema.Fields[1], schema.Fields[Name] with { Cuts = cuts }],
        };
    }

    /// <summary>The level by its definition: equal, else as many cuts as the similarity reaches.</summary>
    private static int ExpectedLevel(IReadOnlyList<double> cuts, int distance, int diffusionCount)
    {
        double similarity = CorrectedSimilarity.FromDistance(distance, SchemaLimits.BitLength, diffusionCount);
        return distance == 0 ? cuts.Count + 1 : cuts.Count(cut => similarity >= cut);
    }

    [Theory]
    [InlineData(ProtectionProfile.Standard, SchemaLimits.DiffusionCount)]
    [InlineData(ProtectionProfile.Research, 1)]
    public void LevelOf_EveryDistance_IsThatOfItsCorrectedSimilarity(ProtectionProfile profile, int diffusionCount)
    {
        IReadOnlyList<double>[] scales = [FieldSchema.DefaultCuts, [0.9], [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3]];
        foreach (IReadOnlyList<double> cuts in scales)
        {
            var comparer = new FieldComparer(WithCuts(profile, cuts), Name);
            for (int distance = 0; distance <= SchemaLimits.BitLength / 2; distance++)
            {
                Assert.Equal(ExpectedLevel(cuts, distance, diffusionCount), comparer.LevelOf(distance));
            }
        }
    }

    [Fact]
    public void LevelOf_MoreThanHalfTheBits_IsTheLowestLevel()
    {
        var comparer = new FieldComparer(SmallSchemas.TwoNumbers, Name);

        Assert.All(
            Enumerable.Range(SchemaLimits.BitLength / 2, (SchemaLimits.BitLength / 2) + 1),
            distance => Assert.Equal(0, comparer.LevelOf(distance)));
    }

    [Fact]
    public void TopLevel_TagAndFilter_IsOneAndOneOverTheCuts()
    {
        Assert.Equal(1, new FieldComparer(SmallSchemas.TwoNumbers, 0).TopLevel);
        Assert.Equal(FieldSchema.DefaultCuts.Count + 1, new FieldComparer(SmallSchemas.TwoNumbers, Name).TopLevel);
    }
}
