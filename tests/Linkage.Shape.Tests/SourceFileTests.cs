using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>Small files, in the place their name says, and finished.</summary>
public sealed class SourceFileTests
{
    private static readonly string[] AllCode = ["src", "tests", "benchmarks", "samples"];

    [Fact]
    public void Files_Lines_AreNotMoreThanTheLimit()
    {
        IEnumerable<string> findings =
            from file in Repository.Files(".cs", AllCode)
            let lines = Repository.ReadLines(file).Length
            let limit = SourceRules.LineLimit(file)
            where lines > limit
            select $"{file}: {lines} lines, at most {limit}";

        Report.FailOnAny(findings, "Files too long to be read at one sitting; split them:");
    }

    [Fact]
    public void Files_LineWidth_IsNotMoreThanTheLimit()
    {
        IEnumerable<string> findings =
            from file in Repository.Files(".cs", AllCode)
            from line in SourceRules.TooLongLines(Repository.ReadLines(file))
            select $"{file}:{line}";

        Report.FailOnAny(findings, $"Lines longer than {SourceRules.LongestLine} columns:");
    }

    [Fact]
    public void Files_Namespace_IsTheFolder()
    {
        IEnumerable<string> findings =
            from file in Repository.Files(".cs", "src", "tests")
            let finding = SourceRules.NamespaceFinding(file, Repository.ReadLines(file))
            where finding is not null
            select finding;

        Report.FailOnAny(findings, "Files whose namespace is not their folder:");
    }

    [Fact]
    public void Sources_Text_IsFinished()
    {
        IEnumerable<string> findings =
            from file in Repository.Files(".cs", "src")
            from line in SourceRules.UnfinishedLines(Repository.ReadLines(file))
            select $"{file}:{line}";

        Report.FailOnAny(findings, "Unfinished work; finish it or open an issue:");
    }

    [Fact]
    public void Files_Walk_FindsThisFileAndNothingGenerated()
    {
        IReadOnlyList<string> files = Repository.Files();

        Assert.Contains("tests/Linkage.Shape.Tests/SourceFileTests.cs", files);
        Assert.Contains(".ci/run", files);
        Assert.DoesNotContain(files, file => file.Contains("artifacts/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/Linkage.Bloom/Keys/X.cs", 400)]
    [InlineData("src/Linkage.Sidecar/Transport/X.cs", 500)]
    [InlineData("tests/Linkage.Bloom.Tests/X.cs", 500)]
    [InlineData("src/Linkage.Bloom/Normalization/X.Table.cs", null)]
    public void LineLimit_File_DependsOnItsPlace(string file, int? limit)
    {
        Assert.Equal(limit, SourceRules.LineLimit(file));
    }

    [Fact]
    public void TooLongLines_LineOf121_IsFound()
    {
        Assert.Equal([2], SourceRules.TooLongLines([new string('x', 120), new string('x', 121)]));
    }

    [Fact]
    public void UnfinishedLines_MarkerWord_IsFoundAsAWordOnly()
    {
        string marker = "TO" + "DO";

        Assert.Equal([1], SourceRules.UnfinishedLines([$"// {marker}: later", $"x{marker}x", "plain"]));
    }

    [Theory]
    [InlineData("src/Linkage.Core/Scoring/X.cs", "namespace Linkage.Core.Scoring;", true)]
    [InlineData("src/Linkage.Core/X.cs", "namespace Linkage.Core;", true)]
    [InlineData("src/Linkage.Core/Scoring/X.cs", "namespace Linkage.Core;", false)]
    [InlineData("src/Linkage.Core/Scoring/X.cs", "namespace Linkage.Core.Scoring {", false)]
    [InlineData("src/Linkage.Core/Scoring/X.cs", "internal class X;", false)]
    [InlineData("src/Linkage.Cli/Program.cs", "internal static class Program", true)]
    [InlineData("src/Linkage.Cli/Commands/Program.cs", "internal static class Program", false)]
    [InlineData("src/Linkage.Sidecar/Transport/GrpcApi/X.cs", "namespace Grpc.Core;", true)]
    [InlineData("src/Linkage.Sidecar/Transport/Wire/X.cs", "namespace Grpc.Core;", false)]
    [InlineData("src/Linkage.Core/GlobalUsings.cs", "global using System.Numerics;", true)]
    public void NamespaceFinding_File_IsNullIfItObeys(string file, string line, bool obeys)
    {
        Assert.Equal(obeys, SourceRules.NamespaceFinding(file, [line]) is null);
    }
}
