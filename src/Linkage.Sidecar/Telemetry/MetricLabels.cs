using System.Globalization;
using System.Text;

namespace Linkage.Sidecar.Telemetry;

/// <summary>The values of a measurement's labels, by which its sum is found without writing them out.</summary>
/// <param name="First">Of the first label; null without one.</param>
/// <param name="Second">Of the second.</param>
/// <param name="Third">Of the third.</param>
internal readonly record struct MetricLabels(object? First, object? Second, object? Third)
{
    /// <summary>The most labels of a measurement.</summary>
    public const int Most = 3;

    /// <summary>Takes the values; an instrument has its labels always in the same order.</summary>
    /// <exception cref="ArgumentException">There are more labels than fit.</exception>
    public static MetricLabels Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length <= Most
        ? new MetricLabels(ValueAt(tags, 0), ValueAt(tags, 1), ValueAt(tags, 2))
        : throw new ArgumentException("A measurement has too many labels.", nameof(tags));

    /// <summary>The labels as text for Prometheus.</summary>
    public static string Write(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        StringBuilder labels = new();
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            string value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? string.Empty;
            labels.Append(labels.Length == 0 ? string.Empty : ",").Append(tag.Key.Replace('.', '_')).Append("=\"");
            labels.Append(Escape(value)).Append('"');
        }

        return labels.ToString();
    }

    private static object? ValueAt(ReadOnlySpan<KeyValuePair<string, object?>> tags, int place) =>
        place < tags.Length ? tags[place].Value : null;

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
