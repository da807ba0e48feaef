using System.Net.Sockets;
using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>Bloom and Core compute: no sockets, console, environment, clock or unseeded chance.</summary>
public sealed class BannedApiTests
{
    private const string EnvironmentRead = "System.Environment.GetEnvironmentVariable";
    private const string KernelSelector = "KernelSelector.cs";

    private static readonly string[] BannedNamespaces = ["System.Net.Sockets", "System.Net.Http"];

    private static readonly string[] BannedTypes =
        ["System.Console", "System.Random", "System.Diagnostics.Stopwatch"];

    private static readonly string[] BannedMembers =
    [
        EnvironmentRead,
        "System.Environment.GetEnvironmentVariables",
        "System.Environment.SetEnvironmentVariable",
        "System.Environment.ExpandEnvironmentVariables",
        "System.Environment.get_TickCount",
        "System.Environment.get_TickCount64",
        "System.DateTime.get_Now",
        "System.DateTime.get_UtcNow",
        "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow",
        "System.Threading.Thread.Sleep",
        "System.String.Normalize", // does nothing, silently, when globalization is invariant
    ];

    [Theory]
    [InlineData("Linkage.Bloom")]
    [InlineData("Linkage.Core")]
    public void Library_Uses_NothingBanned(string name)
    {
        IEnumerable<string> uses = BannedUses(AssemblyMetadata.ReadOurs(name));
        if (EnvironmentReaders($"src/{name}").All(file => Path.GetFileName(file) == KernelSelector))
        {
            uses = uses.Where(use => use != EnvironmentRead);
        }

        Report.FailOnAny(uses, $"{name} uses what a computing library must be given instead:");
    }

    [Theory]
    [InlineData("Linkage.Bloom")]
    [InlineData("Linkage.Core")]
    public void Library_Environment_IsReadByTheKernelSelectorOnly(string name)
    {
        Report.FailOnAny(
            EnvironmentReaders($"src/{name}").Where(file => Path.GetFileName(file) != KernelSelector),
            $"Only {KernelSelector} may read an environment variable:");
    }

    [Fact]
    public void BannedUses_AssemblyThatUsesThem_AreFound()
    {
        // This assembly names a banned type of each sort and reads the clock here, so the walker must report it.
        Type[] named = [typeof(Console), typeof(Random), typeof(Socket)];
        Assert.NotEqual(default, DateTime.UtcNow);

        string[] found = [.. BannedUses(AssemblyMetadata.ReadOurs("Linkage.Shape.Tests"))];

        Assert.All(named, type => Assert.Contains(type.FullName, found));
        Assert.Contains("System.DateTime.get_UtcNow", found);
    }

    private static IEnumerable<string> BannedUses(AssemblyMetadata assembly) => assembly.TypesIn(BannedNamespaces)
        .Concat(assembly.TypeReferences.Select(type => type.FullName).Intersect(BannedTypes))
        .Concat(assembly.MemberReferences.Intersect(BannedMembers));

    private static IEnumerable<string> EnvironmentReaders(string folder) => Repository.Files(".cs", folder)
        .Where(file => Repository.ReadText(file).Contains("EnvironmentVariable", StringComparison.Ordinal));
}
