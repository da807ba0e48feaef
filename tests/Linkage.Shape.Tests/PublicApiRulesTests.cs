using System.Reflection;
using Linkage.Shape.Tests.Support;

namespace Linkage.Shape.Tests;

/// <summary>How an exported type may look.</summary>
public sealed class PublicApiRulesTests
{
    private const BindingFlags Everything = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    private static readonly string[] HiddenRooms = ["Internals", "Kernels"];

    [Theory]
    [InlineData("Linkage.Bloom")]
    [InlineData("Linkage.Core")]
    public void ExportedTypes_Assembly_ObeyTheRules(string name)
    {
        Report.FailOnAny(
            Assembly.Load(name).GetExportedTypes().SelectMany(Findings).Order(StringComparer.Ordinal),
            $"The public surface of {name} breaks the rules:");
    }

    [Fact]
    public void Findings_TypesThatBreakARule_AreReported()
    {
        Assert.Equal(["SpecialFolder: a nested type is public"], Findings(typeof(Environment.SpecialFolder)));
        Assert.Equal(
            ["EventArgs: a class that anyone can derive from", "EventArgs: field Empty is public"],
            Findings(typeof(EventArgs)));
        Assert.Contains("TimeSpan: field TicksPerDay is public", Findings(typeof(TimeSpan)));
    }

    [Fact]
    public void Findings_TypesThatObey_AreNone()
    {
        Assert.Empty(Findings(typeof(Math))); // static, with constants
        Assert.Empty(Findings(typeof(string).Assembly.GetType("System.Buffers.SearchValues`1")!)); // closed base
        Assert.Empty(Findings(typeof(StringComparison))); // enum
        Assert.Empty(Findings(typeof(PublicApiRulesTests))); // sealed
    }

    [Theory]
    [InlineData("Linkage.Core.Internals", true)]
    [InlineData("Linkage.Bloom.Kernels", true)]
    [InlineData("Linkage.Bloom.Filters", false)]
    public void IsHiddenRoom_Namespace_IsRecognized(string room, bool expected)
    {
        Assert.Equal(expected, IsHiddenRoom(room));
    }

    private static bool IsHiddenRoom(string? room) => HiddenRooms.Contains(room?.Split('.')[^1]);

    private static IEnumerable<string> Findings(Type type)
    {
        if (type.IsNested)
        {
            yield return $"{type.Name}: a nested type is public";
        }

        if (IsHiddenRoom(type.Namespace))
        {
            yield return $"{type.Name}: a type of {type.Namespace} is public";
        }

        if (type.IsClass && !type.IsSealed && type.GetConstructors(Everything).Any(MemberText.IsPromised))
        {
            yield return $"{type.Name}: a class that anyone can derive from";
        }

        foreach (FieldInfo field in type.GetFields(Everything).Where(field => !type.IsEnum && field.IsPublic))
        {
            bool isStaticClass = type.IsAbstract && type.IsSealed;
            if (!(field.IsLiteral && isStaticClass))
            {
                yield return $"{type.Name}: field {field.Name} is public";
            }
        }
    }
}
