using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Normalization;
using Linkage.Cli.Input;

namespace Linkage.Cli.Tests.Input;

public sealed class DateOrderDetectorTests
{
    private static readonly Gen<DateTime> Dates =
        Gen.Choose(0, 365 * 131).Select(days => new DateTime(1900, 1, 1).AddDays(days));

    [Theory]
    [InlineData("yyyy-MM-dd", (int)DateOrder.YearMonthDay)]
    [InlineData("yyyyMMdd", (int)DateOrder.YearMonthDay)]
    [InlineData("yyyy/M/d", (int)DateOrder.YearMonthDay)]
    [InlineData("dd.MM.yyyy", (int)DateOrder.DayMonthYear)]
    [InlineData("d/M/yyyy", (int)DateOrder.DayMonthYear)]
    [InlineData("ddMMyyyy", (int)DateOrder.DayMonthYear)]
    [InlineData("dd-MM-yy", (int)DateOrder.DayMonthYear)]
    [InlineData("M/d/yyyy", (int)DateOrder.MonthDayYear)]
    [InlineData("MMddyyyy", (int)DateOrder.MonthDayYear)]
    [InlineData("M/d/yyyy h:mm", (int)DateOrder.MonthDayYear)]
    public void Decide_AnyColumnOfOneFormat_IsItsOrderOrUndecided(string format, int order)
    {
        Gen<List<DateTime>> columns = Dates.NonEmptyListOf().Select(list => list.ToList());
        Prop.ForAll(columns.ToArbitrary(), dates =>
        {
            DateOrder? decided = Decide(dates.Select(date => date.ToString(format, CultureInfo.InvariantCulture)));
            bool isDecisive = (DateOrder)order == DateOrder.YearMonthDay || dates.Exists(date => date.Day > 12);

            return isDecisive ? decided == (DateOrder)order : decided is null;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("01/02/1990")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("1990")]
    [InlineData("1/1990")]
    [InlineData("14 January 1990")]
    [InlineData("Jan 14 1990 13:00")]
    [InlineData("14th 1 1990")]
    [InlineData("00/00/0000")]
    [InlineData("00000000")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("unknown")]
    public void Add_ValueThatFitsNoOrSeveralOrders_DoesNotVote(string value)
    {
        Assert.Null(Decide([value]));
        Assert.Equal(DateOrder.DayMonthYear, Decide([.. Enumerable.Repeat(value, 100), "14/01/1990"]));
    }

    [Theory]
    [InlineData("85-12-31")]
    [InlineData("14/14/1990")]
    [InlineData("99999999")]
    [InlineData("45.1.1990")]
    public void Add_ValueThatNoOrderExplains_VotesAgainstAll(string value)
    {
        Assert.Null(Decide([value]));
        Assert.Null(Decide([value, "14/01/1990"]));
    }

    [Theory]
    [InlineData(95, 5, (int)DateOrder.DayMonthYear)]
    [InlineData(94, 6, null)]
    [InlineData(5, 95, (int)DateOrder.MonthDayYear)]
    [InlineData(50, 50, null)]
    public void Decide_Contradictions_NeedNinetyFivePercent(int dayFirst, int monthFirst, int? order)
    {
        DateOrder? decided = Decide(
            [.. Enumerable.Repeat("14/01/1990", dayFirst), .. Enumerable.Repeat("01/14/1990", monthFirst)]);

        Assert.Equal((DateOrder?)order, decided);
    }

    [Theory]
    [InlineData("1990-01-02", false)]
    [InlineData("19900102", false)]
    [InlineData("5 March 1990", false)]
    [InlineData("unknown", false)]
    [InlineData("00/00/0000", false)]
    [InlineData("", false)]
    [InlineData("01/02/1990", true)]
    [InlineData("01021990", true)]
    [InlineData("14/01/1990", true)]
    [InlineData("05-Mar-85", true)]
    [InlineData("45/45/1990", true)]
    public void IsNeeded_OneKindOfValue_IsTrueOnlyIfItsReadingDependsOnTheOrder(string value, bool needed)
    {
        DateOrderDetector detector = new();
        detector.Add("1990-01-02");
        detector.Add(value);

        Assert.Equal(needed, detector.IsNeeded);
    }

    [Fact]
    public void Decide_NothingAdded_IsNull() => Assert.Null(new DateOrderDetector().Decide());

    [Fact]
    public void Add_TimeOfDay_DoesNotMatter()
    {
        Assert.Equal(DateOrder.YearMonthDay, Decide(["1990-01-02T23:59:59Z"]));
        Assert.Equal(DateOrder.YearMonthDay, Decide(["19900102T235959"]));
    }

    private static DateOrder? Decide(IEnumerable<string> values)
    {
        DateOrderDetector detector = new();
        foreach (string value in values)
        {
            detector.Add(value);
        }

        return detector.Decide();
    }
}
