using System.Globalization;
using Linkage.Synthetic.Randomness;
using Linkage.Synthetic.Tables;

namespace Linkage.Synthetic.People;

/// <summary>Draws addresses and telephone numbers. Stateless.</summary>
internal static class PlaceGiver
{
    private const double LocalAreaCode = 0.85;

    private static readonly string[] Ordinals = [.. Enumerable.Range(1, 60).Select(Ordinal)];

    internal static City City(Xoshiro256 random) => PlaceTables.Instance.Cities.Draw(random);

    internal static Address Address(Xoshiro256 random, City city)
    {
        // Between one and four digits, small numbers first.
        int number = random.Between(1, random.Below(4) switch { 0 => 99, 1 => 999, 2 => 3999, _ => 9999 });
        string street = Street(random);
        StreetType type = PlaceTables.Instance.StreetTypes.Draw(random);
        string unit = random.Chance(0.3) ? Unit(random) : "";
        int last = Math.Min(random.Below(100), random.Below(100));
        string zip = city.ZipPrefix + last.ToString("D2", CultureInfo.InvariantCulture);
        return new Address(number, street, type, unit, city, zip);
    }

    internal static string Phone(Xoshiro256 random, City city)
    {
        City exchange = random.Chance(LocalAreaCode) ? city : City(random);
        string area = random.Pick<string>(exchange.AreaCodes);
        int middle = random.Between(200, 999);
        int line = random.Below(10_000);
        return string.Create(CultureInfo.InvariantCulture, $"{area}-{middle}-{line:D4}");
    }

    private static string Street(Xoshiro256 random)
    {
        double kind = random.Unit();
        if (kind < 0.6)
        {
            return PlaceTables.Instance.Streets.Draw(random);
        }

        return kind < 0.8
            ? TitleCase(NameTables.Instance.Surnames(PeopleGroup.White).Draw(random))
            : random.Pick<string>(Ordinals);
    }

    private static string Unit(Xoshiro256 random)
    {
        string number = random.Between(1, 30).ToString(CultureInfo.InvariantCulture);
        return random.Chance(0.4) ? number + (char)('A' + random.Below(4)) : number;
    }

    private static string TitleCase(string upper) => upper[0] + upper[1..].ToLowerInvariant();

    private static string Ordinal(int number)
    {
        string end = (number % 100, number % 10) switch
        {
            ( >= 11 and <= 13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        return number.ToString(CultureInfo.InvariantCulture) + end;
    }
}
