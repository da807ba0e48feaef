using System.Globalization;
using Linkage.Cli.Tests.Support;
using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Commands;

public sealed class ReviewCommandTests : IAsyncLifetime
{
    // Of the rows of pairs.csv, in file order; thresholds are 0.5 and 0.1, so matches up to 0.9 are near.
    private static readonly (double Probability, string Decision)[] Findings =
    [
        (0.95, "match"), (0.89, "match"), (0.6, "match"), (0.45, "possible"), (0.48, "non-match"), (0.12, "possible"),
        (0.45, "possible"), (1, "match"), (0, "non-match"),
    ];

    private static readonly int[] Doubtful = [3, 6, 2, 5, 1];

    private LinkedProject _linked = null!;

    private string Queue => _linked.Files.PathOf("review.csv");

    public async Task InitializeAsync()
    {
        _linked = await LinkedProject.CreateAsync();
        _linked.ChangePairs((i, row) =>
        {
            (double probability, string decision) = Findings[Math.Min(i, Findings.Length - 1)];
            return [.. row[..5], probability.ToString(CultureInfo.InvariantCulture), decision, row[7]];
        });
    }

    public Task DisposeAsync()
    {
        _linked.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Review_DoubtfulPairs_MostDoubtfulFirst()
    {
        List<string[]> pairs = _linked.Rows("results", "pairs.csv");

        ToolRun run = await Review();

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal("5 pairs to review, most doubtful first", run.Errors.Trim());
        List<string[]> table = ReadAll(Queue);
        Assert.Equal(
            "left_party,left_handle,right_party,right_handle,weight,probability,decision,pattern,review",
            string.Join(',', table[0]));
        Assert.Equal(Doubtful.Select(row => (string[])[.. pairs[row], ""]), table.Skip(1));
    }

    [Fact]
    public async Task Review_Limit_KeepsTheMostDoubtful()
    {
        await Review();
        string[] all = File.ReadAllLines(Queue);

        await Review("--limit", "2");

        Assert.Equal(all[..3], File.ReadAllLines(Queue));
        ToolRun none = await Review("--limit", "0");
        Assert.Equal((ExitCode.WrongUse, all.Length > 3), (none.ExitCode, true));
    }

    [Fact]
    public async Task Review_Legend_SaysWhatEveryCharacterMeans()
    {
        ToolRun run = await Review();

        Assert.Contains(" 1  first_name  0 else, 1 similar ≥ 0.6", run.Output, StringComparison.Ordinal);
        Assert.Contains(" 4  sex         0 else, 1 equal", run.Output, StringComparison.Ordinal);
        Assert.Contains("- both records lack it, ? one record lacks it", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_FileWithAnswers_IsKeptUnlessForced()
    {
        await Review();
        string[] lines = File.ReadAllLines(Queue);
        lines[2] += "match";
        File.WriteAllLines(Queue, lines);

        ToolRun refused = await Review();

        Assert.Equal((ExitCode.Refused, string.Empty), (refused.ExitCode, refused.Output));
        Assert.Equal(lines, File.ReadAllLines(Queue));
        Assert.Equal(ExitCode.Ok, (await Review("--force")).ExitCode);
        Assert.NotEqual(lines, File.ReadAllLines(Queue));
    }

    [Fact]
    public async Task Review_FileOfAnotherKind_IsKept()
    {
        string other = _linked.Files.Write("review.csv", "id,name\n1,x\n");

        ToolRun run = await Review();

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal("id,name\n1,x\n", File.ReadAllText(other));
    }

    [Fact]
    public async Task Review_OutputIsAResultFile_IsWrongUse()
    {
        byte[] before = File.ReadAllBytes(_linked.Pairs);

        ToolRun run = await ToolRun.Of("review", _linked.Results, "--out", _linked.Pairs, "--force");

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(_linked.Pairs));
    }

    [Fact]
    public async Task Review_RunWithoutPairs_WritesAHeaderThatLinkTakes()
    {
        string[] lines = File.ReadAllLines(_linked.Pairs);
        File.WriteAllLines(_linked.Pairs, lines[..1]);

        ToolRun run = await Review();

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Single(File.ReadAllLines(Queue));
        Assert.Equal(ExitCode.Ok, (await _linked.Link("again", "--decisions", Queue)).ExitCode);
    }

    [Fact]
    public async Task Review_MalformedPair_NamesTheRow()
    {
        _linked.ChangePairs((i, row) => i == 3 ? [.. row[..5], "1.5", .. row[6..]] : row);

        ToolRun run = await Review();

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("row 4 (line 5), column 'probability'", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Queue));
    }

    private Task<ToolRun> Review(params string[] options) =>
        ToolRun.Of(["review", _linked.Results, "--out", Queue, .. options]);
}
