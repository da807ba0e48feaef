using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Cli.Input;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Input;

/// <summary>Whatever RFC 4180 can say is read back as it was, from every delimiter and line end.</summary>
public sealed class CsvRoundTripTests : IDisposable
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|', '#', '\u001F'];
    private static readonly string[] NewLines = ["\n", "\r\n", "\r"];

    private static readonly Gen<string> Cell = Gen.OneOf(
            Gen.Choose(0x20, 0x7E),
            Gen.Elements('"', ',', ';', '\t', '|', '\r', '\n', ' ', '\uFEFF').Select(c => (int)c),
            Gen.Choose(1, 0xD7FF),
            Gen.Choose(0xE000, 0x10FFFF))
        .Select(char.ConvertFromUtf32)
        .ArrayOf()
        .Select(string.Concat);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_AnyTableWrittenByTheStandard_GivesTheTable()
    {
        Gen<Table> tables =
            from columns in Gen.Choose(1, 5)
            from rows in Cell.ArrayOf(columns).NonEmptyListOf()
            from delimiter in Gen.Elements(Delimiters)
            from newLine in Gen.Elements(NewLines)
            from quoteAll in Gen.Elements(true, false)
            from mark in Gen.Elements(true, false)
            from endsWithNewLine in Gen.Elements(true, false)
            select new Table([.. rows], delimiter, newLine, quoteAll, mark, endsWithNewLine);

        Prop.ForAll(tables.ToArbitrary(), IsReadBack).QuickCheckThrowOnFailure();
    }

    private bool IsReadBack(Table table)
    {
        string[] header = [.. Enumerable.Range(0, table.Rows[0].Length).Select(i => $"c{i}")];
        string[][] expected = [header, .. table.Rows];
        string path = _directory.Write("t.csv", table.Format(expected));

        List<string[]> read = CsvFiles.ReadAll(path, new CsvReadOptions { Delimiter = table.Delimiter });

        return read.Count == expected.Length && read.Zip(expected).All(pair => pair.First.SequenceEqual(pair.Second))
            && LinesAreRight(path, table, expected);
    }

    // A row starts one line after the previous one ended; a quoted CR LF is one line end.
    private static bool LinesAreRight(string path, Table table, string[][] expected)
    {
        using CsvRecordReader reader = CsvRecordReader.Open(path, new CsvReadOptions { Delimiter = table.Delimiter });
        long line = 1;
        for (int row = 1; row < expected.Length; row++)
        {
            line += 1 + expected[row - 1].Sum(LineEnds);
            if (!reader.Read() || reader.RowNumber != row || reader.LineNumber != line)
            {
                return false;
            }
        }

        return true;
    }

    private static int LineEnds(string cell) =>
        cell.Replace("\r\n", "\n", StringComparison.Ordinal).Count(c => c is '\r' or '\n');

    private sealed record Table(
        string[][] Rows, char Delimiter, string NewLine, bool QuoteAll, bool Mark, bool EndsWithNewLine)
    {
        public string Format(string[][] rows)
        {
            StringBuilder text = new(Mark ? "\uFEFF" : string.Empty);
            text.AppendJoin(
                NewLine, rows.Select(row => string.Join(Delimiter, row.Select(cell => Quote(cell, row.Length)))));
            return text.Append(EndsWithNewLine ? NewLine : string.Empty).ToString();
        }

        // An only cell that is empty must be quoted, or its row is a blank line.
        private string Quote(string cell, int columns)
        {
            bool isNeeded = QuoteAll || cell.AsSpan().IndexOfAny('"', '\r', '\n') >= 0
                || cell.Contains(Delimiter, StringComparison.Ordinal) || (columns == 1 && cell.Length == 0);
            return isNeeded ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
        }
    }
}
