using System.Globalization;
using System.Text;
using CsvHelper;

namespace Linkage.Cli.Input;

/// <summary>Reads a CSV file with a header row, one record at a time; refuses what it would have to guess at.</summary>
/// <remarks>
/// Quoted cells may hold delimiters, quotes and line ends; blank lines are passed over and not counted as rows. A quote
/// inside an unquoted cell is an ordinary character (5' 6"), text after a closing quote is not. Not thread-safe. Every
/// refusal is an <see cref="InputException"/> with file, row, line and column, never with a cell's value.
/// </remarks>
internal sealed class CsvRecordReader : IDisposable
{
    // A person's record is a few hundred bytes; an open quote would otherwise swallow the whole file.
    private const int MaxRecordBytes = 1 << 20;

    private readonly CsvSource _source;
    private readonly CsvReader _csv;
    private readonly bool _mayBeEmpty;
    private string[] _columns = [];
    private char[] _text = [];
    private int[] _ends = [];
    private long _malformedRecord;

    private CsvRecordReader(string path, CsvSource source, CsvReadOptions options)
    {
        File = path;
        _mayBeEmpty = options.MayBeEmpty;
        _source = source;
        _csv = CsvReader.Create(source.Utf8, new CsvReaderOptions
        {
            // The header is read as a record, so that it is checked like one.
            HasHeader = false,
            Separator = options.Delimiter,
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecordBytes,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = record => _malformedRecord = record.RecordNumber,
        }, leaveOpen: true);
    }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>The column names in file order, without blanks around them.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>The 1-based number of the current data row; 0 before the first.</summary>
    public long RowNumber { get; private set; }

    /// <summary>The 1-based line of the file where the current row starts.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The delimiter in use.</summary>
    public char Delimiter => _csv.Separator;

    /// <summary>About how much of the file is read, 0 to 1.</summary>
    public double Share => Math.Min(1, _csv.ByteOffset / (double)Math.Max(1, _source.FileLength));

    /// <summary>
    /// Whether the first row is known to be a header, because wanted columns were found in it. Until then messages give
    /// a column's number instead of its name: the first row may be somebody's record.
    /// </summary>
    public bool IsHeaderConfirmed { get; internal set; }

    /// <summary>A cell of the current row.</summary>
    /// <param name="column">The column's index in <see cref="Columns"/>.</param>
    /// <returns>The cell without quotes; valid until the next <see cref="Read"/>.</returns>
    public ReadOnlySpan<char> this[int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)_columns.Length, nameof(column));
            int start = column == 0 ? 0 : _ends[column - 1];
            return _text.AsSpan(start, _ends[column] - start);
        }
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say of itself.</param>
    /// <returns>A reader before the first data row.</returns>
    /// <exception cref="InputException">The file has no usable header.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">The delimiter of the options cannot separate cells.</exception>
    public static CsvRecordReader Open(string path, CsvReadOptions options)
    {
        if (options.Delimiter is char delimiter && !CsvReadOptions.IsDelimiter(delimiter))
        {
            throw new ArgumentException("the delimiter must be one ASCII character that is no letter, digit or quote");
        }

        CsvRecordReader reader = new(path, CsvSource.Open(path, options.Encoding), options);
        try
        {
            reader.ReadHeader();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next data row.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputException">The row is malformed, or the file has no data rows at all.</exception>
    public bool Read()
    {
        if (!Advance(RowNumber + 1))
        {
            return RowNumber > 0 || _mayBeEmpty
                ? false
                : throw new InputException(File, "no data rows after the header row");
        }

        RowNumber++;
        CheckRecord();
        if (_csv.FieldCount != _columns.Length)
        {
            throw Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"{_csv.FieldCount} cells where the header row has {_columns.Length} columns"));
        }

        Decode();
        return true;
    }

    /// <summary>A cell of the current row as a string.</summary>
    /// <param name="column">The column's index in <see cref="Columns"/>.</param>
    /// <returns>The cell without quotes.</returns>
    public string GetString(int column) => this[column].ToString();

    /// <summary>Makes the exception for something wrong with the current row.</summary>
    /// <param name="problem">What is wrong, without any cell's value.</param>
    /// <param name="column">The column's index; null for the whole row.</param>
    /// <returns>The exception to throw.</returns>
    public InputException Refuse(string problem, int? column = null) =>
        new(File, RowNumber, LineNumber, column is int index ? NameOf(index) : null, problem);

    /// <summary>Closes the file and forgets the current row.</summary>
    public void Dispose()
    {
        Array.Clear(_text);
        _csv.Dispose();
        _source.Dispose();
    }

    private void ReadHeader()
    {
        if (!Advance(0))
        {
            throw new InputException(File, "the file is empty; a header row is needed");
        }

        CheckRecord();
        string[] columns = new string[_csv.FieldCount];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = _csv.GetString(i).Trim();
        }

        HeaderRow.Check(File, LineNumber, columns);
        _columns = columns;
        _ends = new int[columns.Length];
    }

    private bool Advance(long row)
    {
        try
        {
            if (!_csv.Read())
            {
                return false;
            }

            LineNumber = _csv.LineNumber;
            return true;
        }
        catch (CsvFormatException exception)
        {
            throw new InputException(
                File, row, exception.LineNumber, null, "the row is longer than 1 MiB; a quote may not be closed");
        }
        catch (DecoderFallbackException)
        {
            // The decoder works ahead of the rows, so the row given is the first that the bytes can be in.
            throw new InputException(File, row, 0, null, "here or later are bytes that the named encoding lacks");
        }
    }

    private void CheckRecord()
    {
        if (CsvBytes.FindInvalid(_csv.RawRecord) is int offset)
        {
            (int column, _) = FirstColumn(static raw => CsvBytes.FindInvalid(raw) is not null);
            string problem = _csv.RawRecord[offset] == 0 ? "a NUL character" : "bytes that are not UTF-8";
            throw Refuse(_source.IsTranscoded
                ? problem
                : string.Create(CultureInfo.InvariantCulture, $"{problem} at byte offset {_csv.ByteOffset + offset}"),
                column);
        }

        // Only the first oddity of a record is announced, and it may be a harmless quote: look at every cell.
        if (_malformedRecord == _csv.RowNumber
            && FirstColumn(static raw => CsvBytes.QuotingOf(raw) != CsvQuotingState.Sound) is (int odd, true))
        {
            throw Refuse(
                CsvBytes.QuotingOf(_csv.GetRawSpan(odd)) == CsvQuotingState.Unclosed
                    ? "a quote is opened and never closed"
                    : "text after a closing quote",
                odd);
        }
    }

    private (int Column, bool IsFound) FirstColumn(CellTest test)
    {
        for (int i = 0; i < _csv.FieldCount; i++)
        {
            if (test(_csv.GetRawSpan(i)))
            {
                return (i, true);
            }
        }

        return (0, false);
    }

    private void Decode()
    {
        // A byte of UTF-8 never gives more than one char.
        if (_text.Length < _csv.RawRecord.Length)
        {
            Array.Clear(_text);
            _text = new char[Math.Max(1024, 2 * _csv.RawRecord.Length)];
        }

        int end = 0;
        for (int i = 0; i < _ends.Length; i++)
        {
            end += _csv.GetChars(i, _text.AsSpan(end));
            _ends[i] = end;
        }
    }

    private string NameOf(int column) => IsHeaderConfirmed && column < _columns.Length && _columns[column].Length > 0
        ? $"column '{_columns[column]}'"
        : string.Create(CultureInfo.InvariantCulture, $"column {column + 1}");

    private delegate bool CellTest(ReadOnlySpan<byte> raw);
}
