using System.Text.RegularExpressions;
using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>The repository speaks of the product alone, not of the machine it was written on.</summary>
public sealed class PublishedTextTests
{
    // In pieces, so that this file does not match itself.
    private static readonly Regex MachinePath = new(
        @"(?<![A-Za-z0-9_.\-])(/(" + string.Join('|', "t" + "mp", "wo" + "rk", "ro" + "ot", "ho" + "me", "Use" + "rs")
        + @")/|[A-Za-z]:\\" + "Use" + @"rs\\)");

    private static readonly Regex RegistryHost = new(
        string.Join('|', "nuget" + @"\.org", "npm" + @"js\.(org|com)", "yarn" + @"pkg\.com", "py" + @"pi\.org",
            "python" + @"hosted\.org", "deb\\." + "debian", "crates" + @"\.io"),
        RegexOptions.IgnoreCase);

    [Fact]
    public void TrackedFiles_Text_NamesNoMachinePathAndNoRegistry()
    {
        IEnumerable<string> findings =
            from file in TrackedFiles.List()
            where TrackedFiles.IsText(file)
            from line in Repository.ReadLines(file).Index()
            where Offends(line.Item)
            select $"{file}:{line.Index + 1}";

        Report.FailOnAny(findings, "Paths of one machine, or hosts of a package registry:");
    }

    [Fact]
    public void TrackedFiles_List_HoldsThisProject()
    {
        Assert.Contains("Linkage.sln", TrackedFiles.List());
        Assert.Contains("tests/Linkage.Shape.Tests/Linkage.Shape.Tests.csproj", TrackedFiles.List());
    }

    [Fact]
    public void Offends_PathOrHost_IsFound()
    {
        Assert.True(Offends("cd /" + "tmp/x"));
        Assert.True(Offends("\"/" + "home/someone/key\""));
        Assert.True(Offends("C:" + @"\Use" + @"rs\someone"));
        Assert.True(Offends("https://api.nu" + "get.org/v3"));
        Assert.True(Offends("registry.NPM" + "js.org"));
    }

    [Fact]
    public void Offends_OrdinaryText_IsNotFound()
    {
        Assert.False(Offends("src/tmp/x and ./work/y"));
        Assert.False(Offends("NuGet.config"));
        Assert.False(Offends("/usr/bin/env bash"));
        Assert.False(Offends("https://example.org/homes"));
    }

    private static bool Offends(string line) => MachinePath.IsMatch(line) || RegistryHost.IsMatch(line);
}
