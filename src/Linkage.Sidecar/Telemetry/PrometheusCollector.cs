using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Linkage.Sidecar.Telemetry;

/// <summary>Adds up the figures of one meter and writes them as text for Prometheus.</summary>
/// <remarks>
/// The text exposition format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). Figures from before the
/// collector began are not in it. Thread-safe.
/// </remarks>
internal sealed class PrometheusCollector : IDisposable
{
    /// <summary>The content type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Listens from now on.</summary>
    /// <param name="meter">The meter; others of the same name in the process are not listened to.</param>
    public PrometheusCollector(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All figures as text, sorted by name and labels.</summary>
    public string Write()
    {
        StringBuilder text = new();
        lock (_gate)
        {
            foreach (MetricFamily family in _families.Values)
            {
                family.Write(text);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        StringBuilder labels = new();
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            string value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? string.Empty;
            labels.Append(labels.Length == 0 ? string.Empty : ",").Append(tag.Key).Append("=\"");
            labels.Append(Escape(value)).Append('"');
        }

        return labels.ToString();
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = LabelsOf(tags);
        lock (_gate)
        {
            if (!_families.TryGetValue(instrument.Name, out MetricFamily? family))
            {
                family = MetricFamily.Of(instrument);
                _families.Add(instrument.Name, family);
            }

            family.Note(labels, value);
        }
    }
}
