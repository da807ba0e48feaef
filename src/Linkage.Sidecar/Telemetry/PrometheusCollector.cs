using System.Diagnostics.Metrics;
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
                listener.EnableMeasurementEvents(instrument, Add(instrument));
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, value, tags, family) => ((MetricFamily)family!).Note(tags, value));
        _listener.SetMeasurementEventCallback<double>(
            (_, value, tags, family) => ((MetricFamily)family!).Note(tags, value));
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
                family.Forget();
            }

            _listener.RecordObservableInstruments();
            foreach (MetricFamily family in _families.Values)
            {
                family.Write(text);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private MetricFamily Add(Instrument instrument)
    {
        MetricFamily family = new(instrument);
        lock (_gate)
        {
            _families.Add(family.Name, family);
        }

        return family;
    }
}
