using System.Xml.Linq;
using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>Versions stand in one place, and every project is locked.</summary>
public sealed class PackageVersionTests
{
    [Fact]
    public void Projects_PackageReferences_CarryNoVersionAndAreListed()
    {
        HashSet<string> listed = [.. XDocument.Load(Repository.PathOf("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(version => version.Attribute("Include")!.Value)];

        IEnumerable<string> findings =
            from project in Projects()
            from finding in Findings(XDocument.Load(Repository.PathOf(project)), listed)
            select $"{project}: {finding}";

        Report.FailOnAny(findings, "Package versions belong in Directory.Packages.props:");
    }

    [Fact]
    public void Projects_LockFile_IsThere()
    {
        Report.FailOnAny(
            Projects().Where(project => !File.Exists(
                Path.Combine(Path.GetDirectoryName(Repository.PathOf(project))!, "packages.lock.json"))),
            "Projects without packages.lock.json beside them:");
    }

    [Fact]
    public void Projects_List_HoldsAllSourceProjects()
    {
        Assert.Contains("src/Linkage.Bloom/Linkage.Bloom.csproj", Projects());
        Assert.Contains("samples/Quickstart/Quickstart.csproj", Projects());
    }

    [Fact]
    public void Findings_VersionInAProject_IsReported()
    {
        XDocument project = XDocument.Parse(
            """
            <Project>
              <ItemGroup>
                <PackageReference Include="Good" />
                <PackageReference Include="AsAttribute" Version="1.0.0" />
                <PackageReference Include="Overridden" VersionOverride="1.0.0" />
                <PackageReference Include="AsElement"><Version>1.0.0</Version></PackageReference>
                <PackageReference Include="Unlisted" />
              </ItemGroup>
            </Project>
            """);

        Assert.Equal(
            [
                "AsAttribute has a version", "Overridden has a version", "AsElement has a version",
                "Unlisted is not listed",
            ],
            Findings(project, ["Good", "AsAttribute", "Overridden", "AsElement"]));
    }

    private static IEnumerable<string> Projects() =>
        Repository.Files(".csproj", "src", "tests", "benchmarks", "samples");

    private static IEnumerable<string> Findings(XDocument project, HashSet<string> listed)
    {
        foreach (XElement reference in project.Descendants("PackageReference"))
        {
            string name = reference.Attribute("Include")?.Value ?? reference.Attribute("Update")!.Value;
            IEnumerable<string> details = reference.Attributes().Select(attribute => attribute.Name.LocalName)
                .Concat(reference.Elements().Select(element => element.Name.LocalName));
            if (details.Any(detail => detail.StartsWith("Version", StringComparison.Ordinal)))
            {
                yield return $"{name} has a version";
            }
            else if (!listed.Contains(name))
            {
                yield return $"{name} is not listed";
            }
        }
    }
}
