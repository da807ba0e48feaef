using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>A link to a file of the repository leads somewhere.</summary>
public sealed class MarkdownLinkTests
{
    [Fact]
    public void Links_ToRepositoryFiles_Resolve()
    {
        IEnumerable<string> findings =
            from file in Repository.Files()
            where file.EndsWith(".md", StringComparison.Ordinal)
            from target in Markdown.Links(Repository.ReadLines(file))
            where Markdown.IsLocal(target) && !Resolves(file, target)
            select $"{file}: {target}";

        Report.FailOnAny(findings, "Links that lead nowhere:");
    }

    [Fact]
    public void Links_PageWithEveryKind_AreFoundOutsideCode()
    {
        string[] page =
        [
            "[a](docs/a.md#part) ![b](b.png \"title\") `[no](code.md)`", "```", "[no](fence.md)", "```", "[c]: c.md",
        ];

        Assert.Equal(["docs/a.md#part", "b.png", "c.md"], Markdown.Links(page));
    }

    [Theory]
    [InlineData("#part", false)]
    [InlineData("https://example.org", false)]
    [InlineData("docs/a.md", true)]
    public void IsLocal_Target_IsRecognized(string target, bool expected)
    {
        Assert.Equal(expected, Markdown.IsLocal(target));
    }

    [Theory]
    [InlineData("README.md", "LICENSE", true)]
    [InlineData("docs/README.md", "../README.md#linkage", true)]
    [InlineData("docs/README.md", "/src/Linkage.Core/", true)]
    [InlineData("README.md", "no/such/file.md", false)]
    [InlineData("docs/README.md", "../../outside", false)]
    public void Resolves_Target_IsTrueForWhatIsThere(string file, string target, bool expected)
    {
        Assert.Equal(expected, Resolves(file, target));
    }

    private static bool Resolves(string file, string target)
    {
        string path = Uri.UnescapeDataString(target.Split('#', '?')[0]);
        string from = path.StartsWith('/') ? string.Empty : Path.GetDirectoryName(file)!;
        string full = Path.GetFullPath(Path.Combine(Repository.Root, from, path.TrimStart('/')));
        bool isInside = full.StartsWith(Repository.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isInside && (File.Exists(full) || Directory.Exists(full));
    }
}
