using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Synthetic.Agencies;
using Linkage.Synthetic.People;
using Linkage.Synthetic.Randomness;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class DateCopyTests
{
    private static readonly AgencyProfile Sloppy = new()
    {
        DobMissing = 0.05,
        DayMonthSwapped = 0.3,
        DateDigit = 0.5,
        BirthYear = 0.3,
        FirstOfJanuary = 0.3,
    };

    private static readonly Arbitrary<DateOnly> Births = Gen
        .Choose(new DateOnly(1930, 1, 1).DayNumber, new DateOnly(HouseholdPlanner.LastBirthYear, 12, 31).DayNumber)
        .Select(DateOnly.FromDayNumber).ToArbitrary();

    [Fact]
    public void Copy_AnyBirth_GivesDayThatExistsAndIsPast() =>
        Prop.ForAll(Births, born => Copies(born).All(copy => copy.Text.Length == 0
            || (DateOnly.TryParseExact(copy.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out DateOnly day)
                && day.Year <= HouseholdPlanner.LastBirthYear)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Copy_AnyBirth_NamesAnErrorExactlyWhenItDiffers() =>
        Prop.ForAll(Births, born => Copies(born).All(
            copy => (copy.Text != born.ToString("O", CultureInfo.InvariantCulture)) == (copy.Errors.Length > 0)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Copy_ManySlips_KnowsEveryKind()
    {
        IEnumerable<string> kinds = Enumerable.Range(0, 50)
            .SelectMany(day => Copies(new DateOnly(1980, 3, 7).AddDays(day)))
            .Select(copy => copy.Errors)
            .Distinct();

        Assert.Equal(
            ["", "dob_0101", "dob_day", "dob_month", "dob_swap", "dob_year", "m_dob"],
            kinds.Order(StringComparer.Ordinal));
    }

    private static List<(string Text, string Errors)> Copies(DateOnly born)
    {
        List<(string, string)> copies = [];
        for (ulong seed = 0; seed < 30; seed++)
        {
            Xoshiro256 random = new(seed);
            ErrorLog log = new(random, 1);
            log.Begin(1);
            copies.Add((DateCopy.Copy(Sloppy, random, log, born), log.Summary()));
        }

        return copies;
    }
}
