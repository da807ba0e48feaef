using System.Text.RegularExpressions;

namespace Linkage.Shape.Tests.Support;

/// <summary>Rules about the text of one C# file; pure functions, so that each can be shown to fail.</summary>
internal static partial class SourceRules
{
    public const int LongestLine = 120;

    // The names of the gRPC packages, so that services compile unchanged against the real ones.
    private const string BorrowedNames = "src/Linkage.Sidecar/Transport/GrpcApi/";

    private const int LongestSource = 400;
    private const int LongestTestOrTransport = 500;

    // In pieces, so that this file does not break its own rule.
    private static readonly string[] Unfinished =
        ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception"];

    /// <summary>The most lines a file may have; none for a table of constants.</summary>
    public static int? LineLimit(string file)
    {
        if (file.EndsWith(".Table.cs", StringComparison.Ordinal))
        {
            return null;
        }

        bool isRoomy = !file.StartsWith("src/", StringComparison.Ordinal)
            || file.Contains("/Transport/", StringComparison.Ordinal);
        return isRoomy ? LongestTestOrTransport : LongestSource;
    }

    /// <summary>Numbers of the lines that are too long, from 1.</summary>
    public static IEnumerable<int> TooLongLines(IEnumerable<string> lines) =>
        lines.Index().Where(line => line.Item.Length > LongestLine).Select(line => line.Index + 1);

    /// <summary>Numbers of the lines that say that something is unfinished, from 1.</summary>
    public static IEnumerable<int> UnfinishedLines(IEnumerable<string> lines) => lines.Index()
        .Where(line => Unfinished.Any(word => Regex.IsMatch(line.Item, $@"\b{word}\b")))
        .Select(line => line.Index + 1);

    /// <summary>The namespace that the folder of a file demands.</summary>
    public static string ExpectedNamespace(string file) => string.Join('.', file.Split('/')[1..^1]);

    /// <summary>What is wrong with the namespace of a file, or null.</summary>
    public static string? NamespaceFinding(string file, IReadOnlyList<string> lines)
    {
        string expected = ExpectedNamespace(file);
        string[] declared = [.. lines.Select(line => Namespace().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["name"].Value)];
        bool isProgram = file.Split('/') is [_, _, "Program.cs"];
        return declared switch
        {
            [_] when file.StartsWith(BorrowedNames, StringComparison.Ordinal) => null,
            [] when isProgram || lines.All(IsOutsideNamespaces) => null,
            [string only] when only == expected && lines.Contains($"namespace {only};") => null,
            _ => $"{file}: expected one file-scoped namespace {expected}",
        };
    }

    private static bool IsOutsideNamespaces(string line) =>
        line.Length == 0 || Outside().IsMatch(line);

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(//|using |global using |\[assembly:)")]
    private static partial Regex Outside();
}
