using Linkage.Bloom;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Tests.Terminal;

public sealed class TextTableTests
{
    [Fact]
    public void WriteTo_Rows_AreAlignedWithoutTrailingBlanks()
    {
        TextTable table = new("name", "n", "note");
        table.Add("a", "1,000", string.Empty);
        table.Add("longer", "7", "x");
        using StringWriter writer = new() { NewLine = "\n" };

        table.WriteTo(writer);

        Assert.Equal("name        n  note\na       1,000\nlonger      7     x\n", writer.ToString());
    }

    [Fact]
    public void Add_OtherNumberOfCells_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextTable("a", "b").Add("x"));

    [Fact]
    public void StageShare_Stages_RiseToOne()
    {
        List<double> shares = [];
        StageShare progress = new(new Told(shares), "first", "second");

        progress.Report(new StageProgress("first", 1, 2));
        progress.Report(new StageProgress("second", 0, 3));
        progress.Report(new StageProgress("second", 3, 3));
        progress.Report(new StageProgress("other", 1, 2));
        progress.Report(new StageProgress("first", 1, 0));

        Assert.Equal([0.25, 0.5, 1], shares);
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
