using Linkage.Cli.Input;
using Linkage.Cli.Output;
using Linkage.Core;

namespace Linkage.Cli.Review;

/// <summary>The file that a person fills in: pairs with an answer each, or none yet.</summary>
internal static class ReviewFile
{
    private const string Answer = "review";

    // Spreadsheets save with the separator of their language, which the header row tells.
    private static readonly CsvReadOptions Options = new() { MayBeEmpty = true };

    /// <summary>Writes pairs without answers.</summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="rows">The pairs, in order.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<PairRow> rows)
    {
        using CsvFileWriter writer = CsvFileWriter.Create(path, [.. PairRow.Columns, Answer]);
        foreach (PairRow row in rows)
        {
            foreach (string cell in row.Cells)
            {
                writer.Write(cell);
            }

            writer.Write(string.Empty);
            writer.EndRow();
        }

        writer.Commit();
    }

    /// <summary>Whether any row has an answer, of whatever kind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>True if something would be lost by replacing the file.</returns>
    /// <exception cref="InputException">It is no such file.</exception>
    public static bool HasAnswers(string path, CancellationToken cancellation)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(path, Options);
        int answer = ColumnMap.IndexOf(reader, Answer);
        reader.IsHeaderConfirmed = true;
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!reader[answer].IsWhiteSpace())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the rows that have an answer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The decisions in file order, each with file and row as its source.</returns>
    /// <exception cref="InputException">A cell does not hold what it should.</exception>
    public static IReadOnlyList<PairDecision> Read(string path, CancellationToken cancellation)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(path, Options);
        int[] columns = [.. PairRow.Columns.Take(4).Append(Answer).Select(name => ColumnMap.IndexOf(reader, name))];
        reader.IsHeaderConfirmed = true;
        List<PairDecision> decisions = [];
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            RecordReference left = ReadRecord(reader, columns[0], columns[1]);
            RecordReference right = ReadRecord(reader, columns[2], columns[3]);
            if (ReadAnswer(reader, columns[4]) is bool isMatch)
            {
                string source =
                    FormattableString.Invariant($"{path}: row {reader.RowNumber} (line {reader.LineNumber})");
                decisions.Add(new PairDecision(left, right, isMatch) { Source = source });
            }
        }

        return decisions;
    }

    private static RecordReference ReadRecord(CsvRecordReader reader, int party, int handle)
    {
        _ = MapFile.ReadHandle(reader, handle);
        return new RecordReference(reader.GetString(party), reader.GetString(handle));
    }

    private static bool? ReadAnswer(CsvRecordReader reader, int column) => reader[column] switch
    {
        PairRow.Match => true,
        PairRow.NonMatch => false,
        var blank when blank.IsWhiteSpace() => null,
        _ => throw reader.Refuse($"not {PairRow.Match}, {PairRow.NonMatch} or empty", column),
    };
}
