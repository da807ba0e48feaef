using System.Buffers;
using System.Text;

namespace Linkage.Synthetic;

/// <summary>Writes records as CSV: RFC 4180 quoting, a header line, LF, UTF-8 without a byte-order mark.</summary>
public static class PeopleCsv
{
    private const char Separator = ',';
    private const char Quote = '"';

    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Writes the header and all records to a stream, which stays open.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="records">The records, read once.</param>
    public static void Write(Stream destination, IEnumerable<SyntheticRecord> records)
    {
        ArgumentNullException.ThrowIfNull(destination);
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
        using StreamWriter writer = new(destination, encoding, bufferSize: 1 << 16, leaveOpen: true);
        Write(writer, records);
    }

    /// <summary>Writes the header and all records as text; lines end in LF whatever the writer's own end is.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="records">The records, read once.</param>
    public static void Write(TextWriter destination, IEnumerable<SyntheticRecord> records)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(records);
        destination.Write(string.Join(Separator, SyntheticRecord.ColumnNames));
        destination.Write('\n');
        int columns = SyntheticRecord.ColumnNames.Count;
        foreach (SyntheticRecord record in records)
        {
            for (int column = 0; column < columns; column++)
            {
                if (column > 0)
                {
                    destination.Write(Separator);
                }

                WriteCell(destination, record.GetCell(column));
            }

            destination.Write('\n');
        }
    }

    private static void WriteCell(TextWriter destination, string cell)
    {
        if (!cell.AsSpan().ContainsAny(Special))
        {
            destination.Write(cell);
            return;
        }

        destination.Write(Quote);
        destination.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
        destination.Write(Quote);
    }
}
