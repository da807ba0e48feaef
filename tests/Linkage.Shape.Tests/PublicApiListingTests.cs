using System.Reflection;
using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>Public is a promise: what the packages export is written down, and review sees every change.</summary>
public sealed class PublicApiListingTests
{
    private const string Accept = "LINKAGE_ACCEPT_API";
    private const string WrongOrder = "The lines are not in ordinal order, or one is there twice.";

    [Theory]
    [InlineData("Linkage.Bloom")]
    [InlineData("Linkage.Core")]
    public void PublicApi_Assembly_IsAsWrittenDown(string name)
    {
        string path = Repository.PathOf($"tests/Linkage.Shape.Tests/PublicApi/{name}.txt");
        IReadOnlyList<string> actual = ApiListing.Of(Assembly.Load(name));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(path, string.Concat(actual.Select(line => line + "\n")));
        }

        Report.FailOnAny(
            Difference(File.ReadAllLines(path), actual),
            $"The public surface of {name} differs from PublicApi/{name}.txt. If the change is meant, accept it with "
            + $"{Accept}=1 dotnet test tests/Linkage.Shape.Tests -c Release and commit the file:");
    }

    [Fact]
    public void Difference_AddedRemovedAndSwapped_IsShown()
    {
        Assert.Equal(["- b", "+ c"], Difference(["a", "b"], ["a", "c"]));
        Assert.Equal([WrongOrder], Difference(["b", "a"], ["a", "b"]));
        Assert.Equal([WrongOrder], Difference(["a", "a"], ["a"]));
        Assert.Empty(Difference(["a", "b"], ["a", "b"]));
    }

    [Fact]
    public void Of_SpecimenTypes_ListsEveryPromiseAndNothingElse()
    {
        string[] expected =
        [
            "Linkage.Shape.Tests.Support.ApiSpecimen : abstract class : IDisposable",
            "Linkage.Shape.Tests.Support.ApiSpecimen | const int Limit = 3",
            "Linkage.Shape.Tests.Support.ApiSpecimen | override string ToString()",
            "Linkage.Shape.Tests.Support.ApiSpecimen | protected ApiSpecimen(string? name = default)",
            "Linkage.Shape.Tests.Support.ApiSpecimen | required IReadOnlyList<string?> Names { get; init; }",
            "Linkage.Shape.Tests.Support.ApiSpecimen | static bool TryRead(ReadOnlySpan<byte> source, out int read)",
            "Linkage.Shape.Tests.Support.ApiSpecimen | static T Pick<T>(params T[] items) where T : struct",
            "Linkage.Shape.Tests.Support.ApiSpecimen | void Dispose()",
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), ApiListing.Of(typeof(ApiSpecimen)));
    }

    private static string[] Difference(IReadOnlyList<string> written, IReadOnlyList<string> actual)
    {
        IEnumerable<string> removed = written.Except(actual).Select(line => "- " + line);
        IEnumerable<string> added = actual.Except(written).Select(line => "+ " + line);
        string[] lines = [.. removed, .. added];
        return lines.Length > 0 || written.SequenceEqual(actual) ? lines : [WrongOrder];
    }
}
