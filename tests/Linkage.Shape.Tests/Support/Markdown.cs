using System.Text.RegularExpressions;

namespace Linkage.Shape.Tests.Support;

/// <summary>As much of markdown as the rules need: fenced blocks and links.</summary>
internal static partial class Markdown
{
    private const string Mark = "```";

    /// <summary>The fenced blocks of a file.</summary>
    public static IReadOnlyList<Fence> Fences(IReadOnlyList<string> lines)
    {
        List<Fence> fences = [];
        string? sample = null;
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i].Trim();
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                int open = i;
                string[] content = [.. lines.Skip(open + 1).TakeWhile(inner => inner.Trim() != Mark)];
                fences.Add(new Fence(open + 1, line[Mark.Length..].Trim(), sample, content));
                i = open + content.Length + 1;
                sample = null;
            }
            else if (line.Length > 0)
            {
                Match comment = SampleComment().Match(line);
                sample = comment.Success ? comment.Groups["sample"].Value : null;
            }
        }

        return fences;
    }

    /// <summary>Where the links and images of a file lead, outside code.</summary>
    public static IEnumerable<string> Links(IReadOnlyList<string> lines)
    {
        HashSet<int> code = [.. Fences(lines).SelectMany(fence => Enumerable.Range(fence.Line, fence.Lines.Count + 2))];
        return lines.Index()
            .Where(line => !code.Contains(line.Index + 1))
            .Select(line => InlineCode().Replace(line.Item, "code"))
            .SelectMany(line => Link().Matches(line).Concat(Definition().Matches(line)))
            .Select(match => match.Groups["target"].Value);
    }

    /// <summary>Whether a link leads to a file of the repository, rather than to a host or within the page.</summary>
    public static bool IsLocal(string target) =>
        !target.StartsWith('#') && !Scheme().IsMatch(target);

    [GeneratedRegex(@"^<!--\s*sample:\s*(?<sample>\S+)\s*-->$")]
    private static partial Regex SampleComment();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\(\s*<?(?<target>[^)\s>]+)>?(\s+""[^""]*"")?\s*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\s{0,3}\[[^\]]+\]:\s+<?(?<target>[^\s>]+)>?")]
    private static partial Regex Definition();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();
}
