using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>Code in the documents is cut from samples that are built and run.</summary>
public sealed class DocumentedSampleTests
{
    private const string Readme = "README.md";

    [Fact]
    public void Blocks_WithASampleComment_AreTheSample()
    {
        IEnumerable<string> findings =
            from file in Repository.Files(".md", "docs").Prepend(Readme)
            from fence in Markdown.Fences(Repository.ReadLines(file))
            let finding = Finding(fence)
            where finding is not null
            select $"{file}:{fence.Line}: {finding}";

        Report.FailOnAny(findings, "Blocks that are not the sample they name:");
    }

    [Fact]
    public void Readme_CSharpBlocks_NameTheirSample()
    {
        Report.FailOnAny(
            Unnamed(Markdown.Fences(Repository.ReadLines(Readme))).Select(fence => $"{Readme}:{fence.Line}"),
            "C# blocks without <!-- sample: samples/Folder/File.cs#marker --> before them:");
    }

    [Fact]
    public void Fences_CommentBeforeABlock_BelongsToThatBlockOnly()
    {
        string[] page =
        [
            "<!-- sample: samples/A.cs#x -->", "", "```csharp", "a;", "```", "```csharp", "b;", "```", "end",
        ];

        IReadOnlyList<Fence> fences = Markdown.Fences(page);

        Assert.Equal([3, 6], fences.Select(fence => fence.Line));
        Assert.Equal(["samples/A.cs#x", null], fences.Select(fence => fence.Sample));
        Assert.Equal(["a;"], fences[0].Lines);
        Assert.Equal([6], Unnamed(fences).Select(fence => fence.Line));
    }

    [Fact]
    public void Fences_TextBetweenCommentAndBlock_BreaksTheTie()
    {
        Assert.Null(Assert.Single(Markdown.Fences(["<!-- sample: samples/A.cs#x -->", "text", "```", "```"])).Sample);
    }

    [Fact]
    public void Cut_MarkedLines_AreDedented()
    {
        string[] sample = ["x", "    // <part>", "    if (a)", "", "        b();", "    // </part>", "y"];

        Assert.Equal(["if (a)", "", "    b();"], SampleText.Cut(sample, "part")!);
        Assert.Equal(["pass"], SampleText.Cut(["# <part>", "pass", "# </part>"], "part")!);
        Assert.Null(SampleText.Cut(sample, "other"));
        Assert.Null(SampleText.Cut([.. sample, .. sample], "part"));
    }

    [Theory]
    [InlineData("samples/Quickstart/Program.cs#no-such-marker")]
    [InlineData("samples/Quickstart/NoSuchFile.cs#x")]
    [InlineData("samples/Quickstart/Program.cs")]
    [InlineData("src/Linkage.Cli/Program.cs#x")]
    public void Finding_NameThatLeadsNowhere_IsReported(string sample)
    {
        Assert.NotNull(Finding(new Fence(1, "csharp", sample, [])));
    }

    private static IEnumerable<Fence> Unnamed(IEnumerable<Fence> fences) =>
        fences.Where(fence => fence is { Language: "csharp" or "cs" or "c#", Sample: null });

    private static string? Finding(Fence fence)
    {
        if (fence.Sample is null)
        {
            return null;
        }

        if (fence.Sample.Split('#') is not [string file, string marker]
            || !file.StartsWith("samples/", StringComparison.Ordinal))
        {
            return "the comment must name samples/Folder/File.cs#marker";
        }

        if (!File.Exists(Repository.PathOf(file)))
        {
            return "the file is not there";
        }

        IReadOnlyList<string>? cut = SampleText.Cut(Repository.ReadLines(file), marker);
        return cut is null ? "the file does not hold the marked part exactly once"
            : cut.SequenceEqual(fence.Lines) ? null : "the text differs from the sample";
    }
}
