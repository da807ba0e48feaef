using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Cli.Input;
using Linkage.Cli.Output;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Output;

public sealed class CsvFileWriterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Commit_KnownRows_GivesKnownBytes()
    {
        string path = _directory.PathOf("a.csv");
        using (CsvFileWriter writer = CsvFileWriter.Create(path, ["a", "b", "c"]))
        {
            writer.Write("x,\"y\"");
            writer.Write(-0.1);
            writer.Write(long.MinValue);
            writer.EndRow();
            writer.Write(string.Empty);
            writer.Write(1e22);
            writer.WriteHandle(0xAB);
            writer.EndRow();
            writer.Commit();
        }

        Assert.Equal(
            "a,b,c\n\"x,\"\"y\"\"\",-0.1,-9223372036854775808\n,1E+22,000000000000000000000000000000ab\n",
            File.ReadAllText(path));
    }

    [Fact]
    public void Write_AnyTextAndNumber_AreReadBack()
    {
        Arbitrary<(string Text, double Number)[]> rows = (
            from text in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from number in ArbMap.Default.GeneratorFor<double>()
            where !text.Get.AsSpan().Contains('\0') && !text.Get.Any(char.IsSurrogate)
            select (text.Get, number)).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();
        Prop.ForAll(rows, table =>
        {
            string path = _directory.PathOf("p.csv");
            using (CsvFileWriter writer = CsvFileWriter.Create(path, ["text", "number"]))
            {
                foreach ((string text, double number) in table)
                {
                    writer.Write(text);
                    writer.Write(number);
                    writer.EndRow();
                }

                writer.Commit();
            }

            return CsvFiles.ReadAll(path, new CsvReadOptions { Delimiter = ',' }).Skip(1)
                .Select(row => (row[0], Bits(double.Parse(row[1], CultureInfo.InvariantCulture))))
                .SequenceEqual(table.Select(row => (row.Text, Bits(row.Number))));
        }).QuickCheckThrowOnFailure();
    }

    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);

    [Fact]
    public void EndRow_OtherNumberOfCells_Throws()
    {
        using CsvFileWriter writer = CsvFileWriter.Create(_directory.PathOf("a.csv"), ["a", "b"]);
        writer.Write("x");

        Assert.Throws<InvalidOperationException>(writer.EndRow);
    }

    [Fact]
    public void Dispose_NotCommitted_LeavesNothing()
    {
        using (CsvFileWriter writer = CsvFileWriter.Create(_directory.PathOf("a.csv"), ["a"]))
        {
            writer.Write("x");
            writer.EndRow();
        }

        Assert.Empty(_directory.Names());
    }
}
