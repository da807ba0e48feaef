using System.Text.Json;
using System.Xml.Linq;
using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>Bloom stands on the base library alone, Core on Bloom and the base library.</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData("Linkage.Bloom")]
    [InlineData("Linkage.Core", "Linkage.Bloom")]
    public void Assembly_References_AreBaseLibraryOrAllowed(string name, params string[] allowed)
    {
        IEnumerable<string> foreign = AssemblyMetadata.ReadOurs(name).AssemblyReferences
            .Where(reference => !allowed.Contains(reference) && !IsBaseLibrary(reference));

        Report.FailOnAny(foreign, $"{name} references assemblies that are not the base library:");
    }

    [Theory]
    [InlineData("Linkage.Bloom")]
    [InlineData("Linkage.Core", "../Linkage.Bloom/Linkage.Bloom.csproj")]
    public void Project_References_AreAllowedProjectsOnly(string name, params string[] allowed)
    {
        XDocument project = XDocument.Load(Repository.PathOf($"src/{name}/{name}.csproj"));

        IEnumerable<string> foreign = References(project).Where(reference => !allowed.Contains(reference));

        Report.FailOnAny(foreign, $"{name}.csproj references more than it may:");
    }

    [Theory]
    [InlineData("Linkage.Bloom")]
    [InlineData("Linkage.Core")]
    public void LockFile_Dependencies_AreOurProjectsOnly(string name)
    {
        using JsonDocument file = JsonDocument.Parse(Repository.ReadText($"src/{name}/packages.lock.json"));

        Report.FailOnAny(PackagesIn(file), $"The lock file of {name} has third-party lines:");
    }

    [Fact]
    public void IsBaseLibrary_PackageOfTheTests_IsFalse()
    {
        Assert.True(IsBaseLibrary("System.Runtime"));
        Assert.False(IsBaseLibrary("xunit.core"));
        Assert.Contains("xunit.core", AssemblyMetadata.ReadOurs("Linkage.Shape.Tests").AssemblyReferences);
    }

    [Fact]
    public void References_ProjectOfTheTests_ListsPackagesAndProjects()
    {
        XDocument project = XDocument.Load(
            Repository.PathOf("tests/Linkage.Shape.Tests/Linkage.Shape.Tests.csproj"));

        Assert.Contains("xunit", References(project));
        Assert.Contains("../../src/Linkage.Core/Linkage.Core.csproj", References(project));
    }

    [Fact]
    public void PackagesIn_LockFileOfTheTests_ListsThem()
    {
        using JsonDocument file = JsonDocument.Parse(
            Repository.ReadText("tests/Linkage.Shape.Tests/packages.lock.json"));

        Assert.Contains("xunit", PackagesIn(file));
        Assert.DoesNotContain("linkage.core", PackagesIn(file));
    }

    private static bool IsBaseLibrary(string assembly) => File.Exists(
        Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, assembly + ".dll"));

    private static IEnumerable<string> References(XDocument project) => project
        .Descendants()
        .Where(element => element.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal))
        .Select(element => element.Attribute("Include")?.Value ?? element.Name.LocalName);

    private static IEnumerable<string> PackagesIn(JsonDocument lockFile) => lockFile.RootElement
        .GetProperty("dependencies")
        .EnumerateObject()
        .SelectMany(framework => framework.Value.EnumerateObject())
        .Where(dependency => dependency.Value.GetProperty("type").GetString() != "Project")
        .Select(dependency => dependency.Name);
}
