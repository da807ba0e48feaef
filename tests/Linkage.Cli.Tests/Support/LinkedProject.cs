using static Linkage.Cli.Tests.Support.CsvFiles;

namespace Linkage.Cli.Tests.Support;

/// <summary>Two parties of 60 records, 30 of them in both, linked into a directory.</summary>
internal sealed class LinkedProject : IDisposable
{
    private LinkedProject(Project files)
    {
        Files = files;
    }

    public Project Files { get; }

    public string Results => Files.PathOf("results");

    public string Pairs => Path.Join(Results, "pairs.csv");

    public static async Task<LinkedProject> CreateAsync()
    {
        LinkedProject linked = new(await Project.CreateAsync());
        await linked.Files.EncodeRows("health", Project.Rows(0, 60));
        await linked.Files.EncodeRows("benefits", Project.Rows(30, 60));
        ToolRun run = await linked.Link("results");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        return linked;
    }

    /// <summary>Links the same files into another directory.</summary>
    public Task<ToolRun> Link(string directory, params string[] options) => ToolRun.Of(
    [
        "link", Files.PathOf("health.lke"), Files.PathOf("benefits.lke"), "--seed", "1",
        "--out", Files.PathOf(directory), .. options,
    ]);

    /// <summary>The rows of a result file, without the header.</summary>
    public List<string[]> Rows(string directory, string name) =>
        [.. ReadAll(Path.Join(Files.PathOf(directory), name)).Skip(1)];

    /// <summary>Changes cells of the written pairs.</summary>
    public void ChangePairs(Func<int, string[], string[]> change)
    {
        List<string[]> table = ReadAll(Pairs);
        IEnumerable<string[]> rows = table.Skip(1).Select((row, i) => change(i, row));
        File.WriteAllLines(Pairs, rows.Prepend(table[0]).Select(row => string.Join(',', row)));
    }

    public void Dispose() => Files.Dispose();
}
