using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Evaluation;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Evaluation;

public sealed class PairsCompletenessModelTests
{
    private static Arbitrary<int[]> Tables(int lists, int least, int most) =>
        Gen.Choose(least, most).ArrayOf((1 << lists) - 1).ToArbitrary();

    private static double Unseen(int lists, params double[] counts) =>
        new PairsCompletenessModel(lists).Fit(counts).Unseen;

    /// <summary>Bishop, Fienberg and Holland 1975, chapter 6: no second-order interaction over three lists.</summary>
    [Fact]
    public void Fit_ThreeLists_IsTheClosedForm() =>
        Prop.ForAll(Tables(3, 1, 5_000), table =>
        {
            double[] n = [.. table.Select(count => (double)count)];
            double expected = n[6] * n[0] * n[1] * n[3] / (n[2] * n[4] * n[5]);
            return Math.Abs(Unseen(3, n) - expected) <= 1e-5 * expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fit_ThreeLists_ReproducesTheTable()
    {
        double[] counts = [31, 17, 8, 22, 12, 5, 94];

        double[] means = new PairsCompletenessModel(3).Fit(counts).Means;

        Assert.All(counts.Zip(means), cell => Assert.Equal(cell.First, cell.Second, 1e-6));
    }

    /// <summary>Where the model holds exactly, so does the unseen cell.</summary>
    [Fact]
    public void Fit_ExpectedCountsOfTheModel_FindsTheUnseenCell()
    {
        var random = new SmallRandom(5);
        for (int lists = 3; lists <= 5; lists++)
        {
            double[] odds = [.. Enumerable.Range(0, lists).Select(_ => (3 * random.NextDouble()) - 1)];
            Dictionary<int, double> together = new()
            {
                [3] = random.NextDouble(),
                [5] = 0.5,
                [6] = -random.NextDouble(),
            };
            double[] cells = CaptureTables.Expect(10_000, odds, together);

            Assert.Equal(cells[0], Unseen(lists, cells[1..]), 1e-4 * cells[0]);
        }
    }

    /// <summary>The likelihood equations: fitted and observed counts agree for every list and every two.</summary>
    [Fact]
    public void Fit_FourLists_KeepsTheMarginsOfTheModel() =>
        Prop.ForAll(Tables(4, 1, 400), table =>
        {
            double[] counts = [.. table.Select(count => (double)count)];
            double[] means = new PairsCompletenessModel(4).Fit(counts).Means;
            return ((int[])[0, 1, 2, 4, 8, 3, 5, 6, 9, 10, 12]).All(effect =>
            {
                int[] cells = [.. Enumerable.Range(1, 15).Where(cell => (cell & effect) == effect)];
                double observed = cells.Sum(cell => counts[cell - 1]);
                return Math.Abs(cells.Sum(cell => means[cell - 1]) - observed) < 1e-5 * observed;
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fit_EmptyCells_GivesNumbers() =>
        Prop.ForAll(Gen.Elements(3, 4, 5).SelectMany(lists => Gen.Choose(0, 2).ArrayOf((1 << lists) - 1)).ToArbitrary(),
            table =>
            {
                double[] counts = [.. table.Select(count => (double)(count * count * count))];
                (double unseen, double[] means) =
                    new PairsCompletenessModel((int)Math.Log2(table.Length + 1)).Fit(counts);
                return double.IsFinite(unseen) && unseen >= 0 && means.All(mean => double.IsFinite(mean) && mean >= 0);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fit_EmptyDenominatorOfTheClosedForm_CountsHalfAMatchThere()
    {
        double expected = 100.0 * 20 * 30 * 40 / (0.5 * 50 * 60);

        Assert.Equal(expected, Unseen(3, 20, 30, 0, 40, 50, 60, 100), 1e-4 * expected);
    }
}
