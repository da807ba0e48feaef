using System.Globalization;
using Linkage.Cli.Input;
using Linkage.Cli.Output;

namespace Linkage.Cli.Review;

/// <summary>Reads pairs.csv row by row.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PairsReader : IDisposable
{
    private const int Weight = 4;
    private const int Probability = 5;
    private const int Decision = 6;

    private readonly CsvRecordReader _reader;
    private readonly int[] _columns;

    private PairsReader(CsvRecordReader reader)
    {
        _reader = reader;
        _columns = [.. PairRow.Columns.Select(column => ColumnMap.IndexOf(reader, column))];
        reader.IsHeaderConfirmed = true;
    }

    /// <summary>About how much of the file is read, 0 to 1.</summary>
    public double Share => _reader.Share;

    /// <summary>Opens the file; a run without pairs has a header row only.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>A reader before the first row.</returns>
    /// <exception cref="InputException">There is no such file, or a column is missing.</exception>
    public static PairsReader Open(string path)
    {
        CsvRecordReader reader = CsvRecordReader.Open(path, new CsvReadOptions { Delimiter = ',', MayBeEmpty = true });
        try
        {
            return new PairsReader(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputException">The row is malformed.</exception>
    public bool Read() => _reader.Read();

    /// <summary>Whether the current row is the pair of two records, in either order.</summary>
    /// <param name="one">A record.</param>
    /// <param name="other">Another.</param>
    /// <returns>True if it is.</returns>
    public bool IsPairOf(RecordName one, RecordName other) =>
        (one.Is(Cell(0), Cell(1)) && other.Is(Cell(2), Cell(3)))
        || (other.Is(Cell(0), Cell(1)) && one.Is(Cell(2), Cell(3)));

    /// <summary>The current row, checked.</summary>
    /// <returns>The row.</returns>
    /// <exception cref="InputException">A cell does not hold what it should.</exception>
    public PairRow Take()
    {
        _ = MapFile.ReadHandle(_reader, _columns[1]);
        _ = MapFile.ReadHandle(_reader, _columns[3]);
        if (Cell(Decision) is not (PairRow.Match or PairRow.Possible or PairRow.NonMatch))
        {
            throw Refuse("not one of match, possible and non-match", Decision);
        }

        double probability = Number(Probability);
        return probability is >= 0 and <= 1
            ? new PairRow([.. _columns.Select(_reader.GetString)], Number(Weight), probability)
            : throw Refuse("not between 0 and 1", Probability);
    }

    /// <summary>Makes the exception for something wrong with the current row.</summary>
    /// <param name="problem">What is wrong, without any cell's value.</param>
    /// <param name="column">Index in <see cref="PairRow.Columns"/>.</param>
    /// <returns>The exception to throw.</returns>
    public InputException Refuse(string problem, int column) => _reader.Refuse(problem, _columns[column]);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _reader.Dispose();

    private ReadOnlySpan<char> Cell(int column) => _reader[_columns[column]];

    private double Number(int column) =>
        double.TryParse(Cell(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            ? number
            : throw Refuse("not a number", column);
}
