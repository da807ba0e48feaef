using Linkage.Bloom.Normalization;
using Linkage.Cli.Input;

namespace Linkage.Cli.Proposal;

/// <summary>Counts over the cells of one column; keeps no cell.</summary>
internal sealed class ColumnProfile
{
    // More distinct values than this are "many".
    private const int DistinctCap = 4096;
    private const int LongestCode = 12;

    private readonly HashSet<ulong> _distinct = [];
    private readonly DateOrderDetector _dates = new();
    private long _rows;
    private long _filled;
    private long _date;
    private long _words;
    private long _letters;
    private long _code;
    private long _short;
    private long _phone;
    private long _sex;
    private long _year;
    private long _email;
    private long _decimal;

    /// <summary>Share of cells with a letter or digit.</summary>
    public double Filled => _rows == 0 ? 0 : (double)_filled / _rows;

    /// <summary>Distinct values, up to some thousands; letter case does not count.</summary>
    public int Distinct => _distinct.Count;

    /// <summary>Distinct values a filled cell, up to 1; 1 means that no value comes twice.</summary>
    public double Variety => _filled == 0 ? 0 : (double)_distinct.Count / Math.Min(_filled, DistinctCap);

    /// <summary>Share of filled cells that look like dates.</summary>
    public double Dates => Share(_date);

    /// <summary>Share of filled cells with letters and no digit.</summary>
    public double Words => Share(_words);

    /// <summary>Share of filled cells with at least three letters.</summary>
    public double Letters => Share(_letters);

    /// <summary>Share of filled cells of 3 to 12 letters and digits, with a digit: what postcodes look like.</summary>
    public double Codes => Share(_code);

    /// <summary>Share of filled cells of one to four digits alone.</summary>
    public double FourDigits => Share(_short);

    /// <summary>Share of filled cells with 6 to 16 digits and few letters: telephone numbers.</summary>
    public double Phones => Share(_phone);

    /// <summary>Share of filled cells that say M, F or X.</summary>
    public double Sexes => Share(_sex);

    /// <summary>Share of filled cells that are a year of the last two centuries.</summary>
    public double Years => Share(_year);

    /// <summary>Share of filled cells with an at sign between letters.</summary>
    public double Emails => Share(_email);

    /// <summary>Share of filled cells with decimals.</summary>
    public double Decimals => Share(_decimal);

    /// <summary>The order of the column's dates; null when they leave it open.</summary>
    public DateOrder? DateOrder => _dates.Decide();

    /// <summary>Takes in a cell.</summary>
    public void Add(ReadOnlySpan<char> cell)
    {
        _rows++;
        (int letters, int digits) = ValueShapes.Count(cell);
        if (letters + digits == 0)
        {
            return;
        }

        cell = cell.Trim();
        _filled++;
        _dates.Add(cell);
        bool isDigits = digits == cell.Length;
        _date += digits > 0 && ValueShapes.IsDate(cell) ? 1 : 0;
        _words += digits == 0 ? 1 : 0;
        _letters += letters >= 3 ? 1 : 0;
        _code += digits > 0 && letters + digits is >= 3 and <= LongestCode ? 1 : 0;
        _short += isDigits && digits <= 4 ? 1 : 0;
        _phone += digits is >= 6 and <= 16 && letters <= 4 ? 1 : 0;
        _sex += ValueShapes.IsSex(cell) ? 1 : 0;
        _year += isDigits && digits == 4 && cell[..2] is "18" or "19" or "20" ? 1 : 0;
        _email += cell.IndexOf('@') > 0 && letters > 2 ? 1 : 0;
        _decimal += ValueShapes.IsDecimal(cell) ? 1 : 0;
        if (_distinct.Count < DistinctCap)
        {
            _distinct.Add(Hash(cell));
        }
    }

    private double Share(long count) => _filled == 0 ? 0 : (double)count / _filled;

    // FNV-1a, 64 bits (Fowler, Noll and Vo): counts distinct values the same way in every run.
    private static ulong Hash(ReadOnlySpan<char> cell)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in cell)
        {
            hash = (hash ^ char.ToUpperInvariant(c)) * 1099511628211;
        }

        return hash;
    }
}
