using System.Globalization;
using System.Text.RegularExpressions;

namespace Linkage.Sidecar.Tests.Telemetry;

/// <summary>Reads text for Prometheus as its grammar says, and fails on any line that is not in it.</summary>
internal static partial class PrometheusText
{
    public static Dictionary<string, double> Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Dictionary<string, double> figures = [];
        string family = string.Empty;
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ');
                Assert.True(words[1] == "HELP" || (words[1] == "TYPE" && words[2] == family));
                family = words[2];
                continue;
            }

            Match match = Sample().Match(line);
            Assert.True(match.Success, line);
            Assert.StartsWith(family, match.Groups["name"].Value, StringComparison.Ordinal);
            figures.Add(
                match.Groups["name"].Value + match.Groups["labels"].Value,
                double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
        }

        return figures;
    }

    /// <summary>The labels of a figure as its key has them.</summary>
    public static IEnumerable<(string Name, string Value)> LabelsOf(string figure) =>
        Label().Matches(figure).Select(match => (match.Groups["name"].Value, match.Groups["value"].Value));

    [GeneratedRegex("""
        ^(?<name>[a-z_]+)(?<labels>\{[a-z_]+="[^"\\\n]*"(,[a-z_]+="[^"\\\n]*")*\})? (?<value>-?[0-9.E+-]+)$
        """)]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>[a-z_]+)="(?<value>[^"]*)["]""")]
    private static partial Regex Label();
}
