using System.Globalization;
using Linkage.Synthetic.People;
using Linkage.Synthetic.Randomness;

namespace Linkage.Synthetic.Agencies;

/// <summary>Copies birth dates, sometimes wrongly; what comes out is a day that exists. Stateless.</summary>
internal static class DateCopy
{
    private static readonly int[] YearSlips = [-10, 10, -1, 1, -9, 9, -2, 2];

    internal static string Copy(AgencyProfile profile, Xoshiro256 random, ErrorLog log, DateOnly born)
    {
        if (log.Slips(profile.DobMissing))
        {
            log.Add("m_dob");
            return "";
        }

        (DateOnly copied, string error) = Slip(profile, random, log, born);
        if (copied != born)
        {
            log.Add(error);
        }

        return copied.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static (DateOnly Copied, string Error) Slip(
        AgencyProfile profile, Xoshiro256 random, ErrorLog log, DateOnly born)
    {
        if (born.Day <= 12 && log.Slips(profile.DayMonthSwapped))
        {
            return (new DateOnly(born.Year, born.Day, born.Month), "dob_swap");
        }

        if (log.Slips(profile.DateDigit))
        {
            return random.Below(5) switch
            {
                0 or 1 => (WithDay(born.Year, born.Month, WrongDay(random, born.Day)), "dob_day"),
                2 => (WithDay(born.Year, random.Between(1, 12), born.Day), "dob_month"),
                _ => (WithYear(born, born.Year + random.Pick<int>(YearSlips)), "dob_year"),
            };
        }

        if (log.Slips(profile.BirthYear))
        {
            return (WithYear(born, born.Year + (random.Chance(0.5) ? 1 : -1)), "dob_year");
        }

        return log.Slips(profile.FirstOfJanuary) ? (new DateOnly(born.Year, 1, 1), "dob_0101") : (born, "");
    }

    // One of the two digits, or a neighbouring day; a wrong digit may give no day at all, then the last one is taken.
    private static int WrongDay(Xoshiro256 random, int day) => random.Below(3) switch
    {
        0 => (day / 10 * 10) + random.Below(10),
        1 => (random.Below(3) * 10) + (day % 10),
        _ => random.Chance(0.5) ? day + 1 : day - 1,
    };

    private static DateOnly WithDay(int year, int month, int day) =>
        new(year, month, Math.Clamp(day, 1, DateTime.DaysInMonth(year, month)));

    // Nobody is recorded as born in the future: the slip goes the other way.
    private static DateOnly WithYear(DateOnly born, int year)
    {
        int possible = year > HouseholdPlanner.LastBirthYear ? (2 * born.Year) - year : year;
        return WithDay(possible, born.Month, born.Day);
    }
}
