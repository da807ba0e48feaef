using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Agreement;

namespace Linkage.Bloom.Tests.Agreement;

public class AgreementCellsTests
{
    private const long Sampled = 1_000_000;

    [Fact]
    public void Tell_LargeNumbers_AreToldAsMeasured() =>
        Assert.Equal(
            [new(989_880, Sampled), new(9_000, Sampled), new(1_000, Sampled), new(24_000, 200_000_000)],
            AgreementCells.Tell([989_880, 9_000.2, 999.9, 0], Sampled, new AgreementCell(24_000, 200_000_000)));

    [Theory]
    [InlineData(9.4, null)]
    [InlineData(9.6, 10L)]
    public void Tell_NumberUnderTen_IsNotTold(double expected, long? told) =>
        Assert.Equal(told, AgreementCells.Tell([Sampled - expected, expected], Sampled, null)[1].Count);

    [Fact]
    public void Tell_SmallNumbers_CannotBeHadBySubtraction() =>
        Prop.ForAll(Gen.Choose(0, 9).ArrayOf(3).ToArbitrary(), small =>
        {
            double[] expected = [Sampled - 20_000 - small[0] - small[1], small[0], 20_000, small[1], 0];
            AgreementCell best = AgreementCells.Cell(small[2], 300_000_000);
            AgreementCell[] cells = AgreementCells.Tell(expected, Sampled, best);
            return cells.SequenceEqual(
            [
                new(Sampled - 20_000 - 10, Sampled), new(null, Sampled), new(20_000, Sampled), new(null, Sampled),
                new(null, 300_000_000),
            ]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tell_AnyNumbers_SumToTheSampleWithFiveForEachThatIsNotTold() =>
        Prop.ForAll(Gen.Choose(0, 30).ArrayOf(4).ToArbitrary(), some =>
        {
            AgreementCell[] cells = AgreementCells.Tell([.. some, Sampled - some.Sum()], Sampled, null);
            return cells.Sum(cell => cell.Count ?? 5) == Sampled && cells.All(cell => cell.Count is null or >= 10);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tell_MostPairsNotAtTheLowestLevel_BalancesTheLargest()
    {
        AgreementCell[] cells = AgreementCells.Tell([3, 900_000, 99_997], Sampled, null);

        Assert.Equal([null, 899_998, 99_997], cells.Select(cell => cell.Count));
    }

    [Fact]
    public void Share_NumberThatIsNotTold_IsTakenAsFive() => Assert.Equal(5e-6, new AgreementCell(null, Sampled).Share);
}
