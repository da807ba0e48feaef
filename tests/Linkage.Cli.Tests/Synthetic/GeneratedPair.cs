using Linkage.Synthetic;

namespace Linkage.Cli.Tests.Synthetic;

/// <summary>Two agencies of 20,000 people each, and the same two without errors; made once for all tests.</summary>
public sealed class GeneratedPair
{
    public const int People = 20_000;

    public static readonly PeopleOptions Options = new() { PeoplePerAgency = People, Agencies = 2, Seed = 23 };

    public GeneratedPair()
    {
        PeopleGenerator generator = new(Options);
        PeopleGenerator clean = new(Options with { ErrorScale = 0 });
        Left = [.. generator.Records(0)];
        Right = [.. generator.Records(1)];
        CleanLeft = [.. clean.Records(0)];
        CleanRight = [.. clean.Records(1)];
        Matches = Match(Left, Right);
        CleanMatches = Match(CleanLeft, CleanRight);
    }

    public IReadOnlyList<SyntheticRecord> Left { get; }

    public IReadOnlyList<SyntheticRecord> Right { get; }

    public IReadOnlyList<SyntheticRecord> CleanLeft { get; }

    public IReadOnlyList<SyntheticRecord> CleanRight { get; }

    public IReadOnlyList<(SyntheticRecord Left, SyntheticRecord Right)> Matches { get; }

    public IReadOnlyList<(SyntheticRecord Left, SyntheticRecord Right)> CleanMatches { get; }

    /// <summary>The share of pairs with both cells present that agree in a column, whatever the letter case.</summary>
    public static double Agreement(
        IReadOnlyList<(SyntheticRecord Left, SyntheticRecord Right)> pairs, Func<SyntheticRecord, string> column)
    {
        List<(string Left, string Right)> present = [.. pairs
            .Select(pair => (column(pair.Left), column(pair.Right)))
            .Where(pair => pair.Item1.Length > 0 && pair.Item2.Length > 0)];
        int equal = present.Count(pair => string.Equals(pair.Left, pair.Right, StringComparison.OrdinalIgnoreCase));
        return equal / (double)present.Count;
    }

    private static List<(SyntheticRecord Left, SyntheticRecord Right)> Match(
        IReadOnlyList<SyntheticRecord> left, IReadOnlyList<SyntheticRecord> right) =>
        [.. left.Join(right, record => record.TruthPersonId, record => record.TruthPersonId, (a, b) => (a, b))];
}
