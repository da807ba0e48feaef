using System.Globalization;
using Linkage.Synthetic.People;

namespace Linkage.Synthetic.Tables;

/// <summary>Names with their frequencies by group, sex and cohort, and their everyday forms. Upper case.</summary>
internal sealed class NameTables
{
    internal const int GroupCount = 6;

    private const int FirstShareColumn = 12;
    private static readonly int[] CohortStarts = [1930, 1940, 1950, 1960, 1970, 1980, 1990, 2000, 2010, 2016];
    private static readonly Lazy<NameTables> Loaded = new(() => new NameTables());

    private readonly WeightedTable<string>[] _surnames;
    private readonly WeightedTable<string>[] _given;
    private readonly Dictionary<(PeopleGroup Group, Sex Sex), string[]> _typical;
    private readonly Dictionary<string, string[]> _nicknames;
    private readonly Dictionary<string, string[]> _romanizations;
    private readonly Dictionary<string, string> _accents;

    private NameTables()
    {
        string[][] head = [.. DataFile.Rows("surnames")];
        string[][] tail = [.. DataFile.Rows("surnames_tail")];
        string[][] given = [.. DataFile.Rows("given_names")];
        _surnames = [.. Enumerable.Range(0, GroupCount).Select(group => SurnamesOf(group, head, tail))];
        _given = new WeightedTable<string>[GroupCount * 2 * CohortStarts.Length];
        for (int group = 0; group < GroupCount; group++)
        {
            for (int cohort = 0; cohort < CohortStarts.Length; cohort++)
            {
                _given[GivenIndex(group, Sex.Female, cohort)] = GivenOf(group, "F", cohort, given);
                _given[GivenIndex(group, Sex.Male, cohort)] = GivenOf(group, "M", cohort, given);
            }
        }

        _typical = DataFile.Rows("given_typical")
            .GroupBy(row => (Enum.Parse<PeopleGroup>(row[2], ignoreCase: true), ParseSex(row[1])))
            .ToDictionary(names => names.Key, names => names.Select(row => row[0]).ToArray());
        _nicknames = Variants("nicknames");
        _romanizations = Variants("romanizations");
        _accents = DataFile.Rows("accents").ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
    }

    internal static NameTables Instance => Loaded.Value;

    internal WeightedTable<string> Surnames(PeopleGroup group) => _surnames[(int)group];

    internal WeightedTable<string> Given(PeopleGroup group, Sex sex, int birthYear)
    {
        int cohort = CohortStarts.Length - 1;
        while (cohort > 0 && CohortStarts[cohort] > birthYear)
        {
            cohort--;
        }

        return _given[GivenIndex((int)group, sex, cohort)];
    }

    /// <summary>Given names that mark a group and that the national counts have too few of; may be empty.</summary>
    internal ReadOnlySpan<string> TypicalGiven(PeopleGroup group, Sex sex) =>
        _typical.TryGetValue((group, sex), out string[]? names) ? names : [];

    internal ReadOnlySpan<string> Nicknames(string given) => Lookup(_nicknames, given);

    internal ReadOnlySpan<string> Romanizations(string surname) => Lookup(_romanizations, surname);

    internal string Accented(string word) => _accents.GetValueOrDefault(word, word);

    private static string[] Lookup(Dictionary<string, string[]> variants, string name) =>
        variants.TryGetValue(name, out string[]? found) ? found : [];

    private static int GivenIndex(int group, Sex sex, int cohort) =>
        (((group * 2) + (int)sex) * CohortStarts.Length) + cohort;

    private static WeightedTable<string> SurnamesOf(int group, string[][] head, string[][] tail)
    {
        // Head rows hold a count and a share in thousandths; tail rows hold hundreds of people, all of one group.
        const ulong TailUnit = 100 * 1000;
        char initial = "wbhano"[group];
        IEnumerable<(string, ulong)> common = head.Select(row => (row[0], Number(row[1]) * Number(row[2 + group])));
        IEnumerable<(string, ulong)> rare = tail
            .Where(row => row[2][0] == initial)
            .Select(row => (row[0], Number(row[1]) * TailUnit));
        return new WeightedTable<string>(common.Concat(rare));
    }

    private static WeightedTable<string> GivenOf(int group, string sex, int cohort, string[][] rows) =>
        new(rows
            .Where(row => row[1] == sex)
            .Select(row => (row[0], Number(row[2 + cohort]) * Number(row[FirstShareColumn + group]))));

    private static Dictionary<string, string[]> Variants(string table) =>
        DataFile.Rows(table)
            .GroupBy(row => row[0], StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => rows.Select(row => row[1]).ToArray(), StringComparer.Ordinal);

    private static Sex ParseSex(string code) => code == "F" ? Sex.Female : Sex.Male;

    private static ulong Number(string cell) => ulong.Parse(cell, NumberStyles.None, CultureInfo.InvariantCulture);
}
