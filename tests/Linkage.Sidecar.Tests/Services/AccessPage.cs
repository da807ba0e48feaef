using Linkage.Sidecar.Services;

namespace Linkage.Sidecar.Tests.Services;

/// <summary>The tables of <c>docs/access.md</c>.</summary>
internal static class AccessPage
{
    private static readonly (string Word, AccessStates States)[] StateWords =
    [
        ("none", AccessStates.None),
        ("no project", AccessStates.NoProject),
        ("DRAFT", AccessStates.Draft),
        ("PROPOSED", AccessStates.Proposed),
        ("APPROVED", AccessStates.Approved),
        ("LINKING", AccessStates.Linking),
        ("LINKED", AccessStates.Linked),
        ("DELETED", AccessStates.Deleted),
        ("live", AccessStates.Live),
        ("agreed", AccessStates.Agreed),
        ("every", AccessStates.Every),
    ];

    /// <summary>The rows of the decision table, a role each, in the order of the page.</summary>
    /// <exception cref="InvalidOperationException">A cell holds a word that is no role, state or rule.</exception>
    public static IReadOnlyList<AccessRow> Rows() =>
    [
        .. from cells in Cells("rpc", 4)
           from role in cells[1].Split(", ")
           select new AccessRow(Code(cells[0]), RoleOf(role), StatesOf(cells[2]), RuleOf(Code(cells[3]))),
    ];

    /// <summary>The names of the rules with their sentences.</summary>
    public static IReadOnlyList<(string Name, string Sentence)> Rules() =>
        [.. Cells("name", 2).Select(cells => (Code(cells[0]), cells[1]))];

    /// <summary>The services that answer everybody.</summary>
    public static IReadOnlyList<string> OpenServices() =>
        [.. Cells("service", 2).Select(cells => Code(cells[0]))];

    /// <summary>The rows of the table of disclosures: agreement, parties, purpose, clauses, release, answer,
    /// reason.</summary>
    public static IReadOnlyList<string[]> Disclosures() => [.. Cells("agreement", 7)];

    /// <summary>The calls that an agreement decides, and by what.</summary>
    public static IReadOnlyDictionary<string, string> DecidedCalls() =>
        Cells("decided call", 2).ToDictionary(cells => Code(cells[0]), cells => cells[1]);

    private static IEnumerable<string[]> Cells(string heading, int columns)
    {
        bool isInside = false;
        foreach (string line in File.ReadLines(PagePath()))
        {
            if (!line.StartsWith('|'))
            {
                isInside = false;
                continue;
            }

            string[] cells = [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
            if (cells.Length == columns && cells[0] == heading)
            {
                isInside = true;
            }
            else if (isInside && !cells[0].StartsWith("---", StringComparison.Ordinal))
            {
                Assert.Equal(columns, cells.Length);
                yield return cells;
            }
        }
    }

    private static string Code(string cell) => cell.Trim('`');

    private static AccessRole RoleOf(string word) =>
        Enum.GetValues<AccessRole>().Single(role => role.ToString().Equals(word, StringComparison.OrdinalIgnoreCase));

    private static AccessStates StatesOf(string cell) => cell.Split(", ").Aggregate(
        AccessStates.None,
        (states, word) => states | StateWords.Single(known => known.Word == word).States);

    private static AccessRule RuleOf(string name) =>
        Enum.GetValues<AccessRule>().Single(rule => AccessRules.Name(rule) == name);

    private static string PagePath()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Linkage.sln")))
            {
                return Path.Combine(at.FullName, "docs", "access.md");
            }
        }

        throw new DirectoryNotFoundException("No folder above the test assembly holds Linkage.sln.");
    }
}
