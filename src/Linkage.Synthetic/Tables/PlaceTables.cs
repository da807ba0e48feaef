using System.Globalization;

namespace Linkage.Synthetic.Tables;

/// <summary>Cities, street names and kinds of street, with their weights.</summary>
internal sealed class PlaceTables
{
    private static readonly Lazy<PlaceTables> Loaded = new(() => new PlaceTables());

    private PlaceTables()
    {
        Cities = new WeightedTable<City>(DataFile.Rows("cities").Select(
            row => (new City(row[0], row[1], row[2], row[3].Split(' ')), Weight(row[4]))));
        Streets = new WeightedTable<string>(DataFile.Rows("streets").Select(row => (row[0], Weight(row[1]))));
        StreetTypes = new WeightedTable<StreetType>(DataFile.Rows("street_types").Select(
            row => (new StreetType(row[0], row[1]), Weight(row[2]))));
    }

    internal static PlaceTables Instance => Loaded.Value;

    internal WeightedTable<City> Cities { get; }

    internal WeightedTable<string> Streets { get; }

    internal WeightedTable<StreetType> StreetTypes { get; }

    private static ulong Weight(string cell) => ulong.Parse(cell, NumberStyles.None, CultureInfo.InvariantCulture);
}
