using System.Buffers;
using System.Globalization;

namespace Linkage.Cli.Input;

/// <summary>Decides whether the first row of a file can be a header row.</summary>
internal static class HeaderRow
{
    // Years make column names ("2019"), dates, telephone numbers and identifiers do not.
    private const int DigitsOfData = 6;

    private static readonly SearchValues<char> DataCharacters = SearchValues.Create("0123456789-/.:+() ");

    /// <summary>Checks the names; several columns may be without one, since exports have index columns.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="line">The header's line.</param>
    /// <param name="columns">The trimmed names.</param>
    /// <exception cref="InputException">A name occurs twice, all are empty, or the row looks like data.</exception>
    public static void Check(string file, long line, ReadOnlySpan<string> columns)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < columns.Length; i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"column {i + 1}");
            if (LooksLikeData(columns[i]))
            {
                throw new InputException(
                    file, 0, line, place, "looks like data, not like a column's name; a header row is needed");
            }

            // The name itself stays out of the message: without a header row it would be a cell.
            if (columns[i].Length > 0 && !seen.TryAdd(columns[i], i))
            {
                string first = string.Create(CultureInfo.InvariantCulture, $"{seen[columns[i]] + 1}");
                throw new InputException(file, 0, line, place, $"has the same name as column {first}");
            }
        }

        if (seen.Count == 0)
        {
            throw new InputException(file, 0, line, null, "no column has a name");
        }
    }

    private static bool LooksLikeData(ReadOnlySpan<char> name)
    {
        int digits = 0;
        foreach (char c in name)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits >= DigitsOfData && !name.ContainsAnyExcept(DataCharacters);
    }
}
