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
            writer.Write("-0.1");
            writer.Write("a\nb");
            writer.EndRow();
            writer.Write(string.Empty);
            writer.Write(" ");
            writer.Write("é");
            writer.EndRow();
            writer.Commit();
        }

        Assert.Equal(
            "a,b,c\n\"x,\"\"y\"\"\",-0.1,\"a\nb\"\n, ,é\n",
            File.ReadAllText(path));
    }

    [Fact]
    public void Write_AnyTexts_AreReadBack()
    {
        Gen<string> text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(value => value.Get)
            .Where(value => !value.Contains('\0', StringComparison.Ordinal) && !value.Any(char.IsSurrogate));
        Arbitrary<(string First, string Second)[]> rows = text.Zip(text).NonEmptyListOf()
            .Select(list => list.ToArray()).ToArbitrary();
        Prop.ForAll(rows, table =>
        {
            string path = _directory.PathOf("p.csv");
            using (CsvFileWriter writer = CsvFileWriter.Create(path, ["first", "second"]))
            {
                foreach ((string first, string second) in table)
                {
                    writer.Write(first);
                    writer.Write(second);
                    writer.EndRow();
                }

                writer.Commit();
            }

            return CsvFiles.ReadAll(path, new CsvReadOptions { Delimiter = ',' }).Skip(1)
                .Select(row => (row[0], row[1])).SequenceEqual(table);
        }).QuickCheckThrowOnFailure();
    }

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
