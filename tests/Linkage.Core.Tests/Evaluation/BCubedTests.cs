using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

public sealed class BCubedTests
{
    // Bagga and Baldwin 1998, figures 1 to 3: links 1-2-3-4-5, 6-7 and 8-9-A-B-C; two responses join two chains each.
    private static readonly int[] Chains = [0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2];

    [Theory]
    [InlineData(new[] { 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1 }, 16 / 21.0)]
    [InlineData(new[] { 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0 }, 7 / 12.0)]
    public void EvaluateEntities_PublishedExample_HasItsPrecisionAndFullRecall(int[] response, double precision)
    {
        BCubedQuality quality = Of(Chains, response);

        Assert.Equal(precision, quality.Precision.Value, 1e-12);
        Assert.Equal(1, quality.Recall.Value, 1e-12);
        Assert.Equal(2 * precision / (1 + precision), quality.F1.Value, 1e-12);
    }

    [Fact]
    public void EvaluateEntities_AnyEntities_EqualTheDefinition() =>
        Prop.ForAll(
            Gen.Choose(-1, 3).ArrayOf(8).ToArbitrary(),
            Gen.Choose(-1, 3).ArrayOf(8).ToArbitrary(),
            (truth, entities) =>
            {
                BCubedQuality quality = Of(truth, entities);
                return Math.Abs(quality.Precision.Value - Mean(entities, truth)) < 1e-12
                    && Math.Abs(quality.Recall.Value - Mean(truth, entities)) < 1e-12;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void EvaluateEntities_NoRecords_IsPerfectByConvention() => Assert.Equal(1, Of([], []).F1.Value);

    private static BCubedQuality Of(int[] truth, int[] entities) =>
        LinkageEvaluator.EvaluateEntities(new EvaluationRecords(1, new int[truth.Length], truth), entities).BCubed!;

    /// <summary>Mean over records: of those that share its first label, how many share the second too.</summary>
    private static double Mean(int[] first, int[] second) => Enumerable.Range(0, first.Length).Average(record =>
    {
        int[] near = [.. Enumerable.Range(0, first.Length).Where(other => IsSame(first, record, other))];
        return near.Average(other => IsSame(second, record, other) ? 1.0 : 0.0);
    });

    private static bool IsSame(int[] labels, int a, int b) => a == b || (labels[a] >= 0 && labels[a] == labels[b]);
}
