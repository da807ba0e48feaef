namespace Linkage.Shape.Tests.Support;

/// <summary>Cuts the marked part out of a sample: the lines between <c>// &lt;name&gt;</c> and its end mark.</summary>
/// <remarks>In languages whose comments begin with it, the mark is <c># &lt;name&gt;</c>.</remarks>
internal static class SampleText
{
    /// <summary>The marked lines without their common indentation; null unless each mark is there once.</summary>
    public static IReadOnlyList<string>? Cut(IReadOnlyList<string> lines, string marker)
    {
        int[] starts = Find(lines, $"<{marker}>");
        int[] ends = Find(lines, $"</{marker}>");
        return starts is [int start] && ends is [int end] && start < end
            ? Dedent([.. lines.Skip(start + 1).Take(end - start - 1)])
            : null;
    }

    private static int[] Find(IReadOnlyList<string> lines, string mark) =>
        [.. lines.Index().Where(line => line.Item.Trim() is string text
            && (text == $"// {mark}" || text == $"# {mark}")).Select(line => line.Index)];

    private static string[] Dedent(string[] lines)
    {
        int indent = lines.Where(line => line.Trim().Length > 0)
            .Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0)
            .Min();
        return [.. lines.Select(line => line.Trim().Length == 0 ? string.Empty : line[indent..])];
    }
}
