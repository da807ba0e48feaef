using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Comparisons;
using Linkage.Core.Model;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Model;

public sealed class WeightPartsTests
{
    private static Arbitrary<int[]> Numbers => Gen.Choose(0, 119).ArrayOf(16).ToArbitrary();

    // One number in six is a missing value.
    private static ComparisonVector VectorOf(FellegiSunterModel model, int[] numbers)
    {
        ComparisonVector vector = default;
        for (int c = 0; c < model.Comparisons.Count; c++)
        {
            int level = (numbers[c] % 12) switch
            {
                0 => ComparisonVector.BothMissing,
                1 => ComparisonVector.OneMissing,
                _ => numbers[c] % model.Comparisons[c].Levels.Count,
            };
            vector = vector.With(c, level);
        }

        return vector;
    }

    [Fact]
    public void Explain_AnyModelAndVector_AddsUpToTheWeight() =>
        Prop.ForAll(Models.Any, Numbers, (model, numbers) =>
        {
            ComparisonVector vector = VectorOf(model, numbers);
            double sum = model.Explain(vector).Sum(part => part.Weight.Bits);
            return Math.Abs(sum - model.Weigh(vector).Bits) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Explain_AnyModelAndVector_HasAPartForEachComparisonAndOneMore() =>
        Prop.ForAll(Models.Any, Numbers, (model, numbers) =>
        {
            IReadOnlyList<WeightPart> parts = model.Explain(VectorOf(model, numbers));
            return parts[^1].IsWhatBroughtThePair
                && parts.SkipLast(1).Select(part => part.Comparisons.Single())
                    .SequenceEqual(model.Comparisons.Select(comparison => comparison.Name));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Explain_OneKindOfNonMatches_LevelsSayItAll()
    {
        IReadOnlyList<WeightPart> parts = TestModels.OneKind.Explain(Met.Vector(2, 0));

        Assert.Equal(["level 2", "level 0"], parts.Take(2).Select(part => part.Meaning));
        Assert.Equal(Math.Log2(0.8 / 0.02), parts[0].Weight.Bits, 12);
        Assert.Equal(Math.Log2(0.2 / 0.6), parts[1].Weight.Bits, 12);
        Assert.Equal(0, parts[2].Weight.Bits, 12);
    }

    [Fact]
    public void Explain_TwoKinds_SaysWhatBroughtThePairLast()
    {
        IReadOnlyList<WeightPart> parts = TestModels.TwoKinds.Explain(Met.Vector(2, 2));

        // Non-matches agree in both by chance, or met because they agree in the first.
        double u = (0.75 * 0.02 * 0.1) + (0.25 * 0.9 * 0.1);
        double weight = Math.Log2(0.8 * 0.5 / u);
        double levels = Math.Log2(0.8 / 0.02) + Math.Log2(0.5 / 0.1);
        Assert.Equal(weight - levels, parts[^1].Weight.Bits, 12);
        Assert.True(parts[^1].Weight.Bits < 0);
    }

    [Fact]
    public void Explain_MissingValues_SayNothing()
    {
        IReadOnlyList<WeightPart> parts = TestModels.OneKind.Explain(
            Met.Vector(ComparisonVector.BothMissing, ComparisonVector.OneMissing));

        Assert.Equal(["missing in both records", "missing in one record"], parts.Take(2).Select(part => part.Meaning));
        Assert.All(parts, part => Assert.Equal(0, part.Weight.Bits, 12));
    }

    [Fact]
    public void Explain_LevelTheModelLacks_IsRefused() =>
        Assert.Throws<ArgumentException>(() => TestModels.OneKind.Explain(Met.Vector(3, 0)));
}
