using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Linkage.Sidecar.Telemetry;

/// <summary>All figures of one instrument. Thread-safe.</summary>
internal sealed class MetricFamily
{
    private readonly string _help;
    private readonly string _type;
    private readonly bool _isObserved;
    private readonly IReadOnlyList<double> _bounds;
    private readonly Dictionary<MetricLabels, MetricCell> _cells = [];
    private readonly Lock _gate = new();

    /// <summary>The empty family of an instrument.</summary>
    /// <exception cref="ArgumentException">No text is defined for this kind of instrument.</exception>
    public MetricFamily(Instrument instrument)
    {
        _help = instrument.Description ?? string.Empty;
        _isObserved = instrument.IsObservable;
        _bounds = instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } ? bounds : [];
        _type = instrument switch
        {
            Histogram<double> when _bounds.Count > 0 => "histogram",
            Counter<long> or ObservableCounter<long> => "counter",
            ObservableUpDownCounter<long> or ObservableGauge<long> => "gauge",
            _ => throw new ArgumentException("No text is defined for this kind of instrument.", nameof(instrument)),
        };
        Name = NameOf(instrument);
    }

    /// <summary>The name as Prometheus has it: no dots, the unit and the kind at the end.</summary>
    public string Name { get; }

    /// <summary>Adds a measurement.</summary>
    public void Note(ReadOnlySpan<KeyValuePair<string, object?>> tags, double value)
    {
        MetricLabels labels = MetricLabels.Of(tags);
        lock (_gate)
        {
            if (!_cells.TryGetValue(labels, out MetricCell? cell))
            {
                cell = new MetricCell(MetricLabels.Write(tags), _bounds);
                _cells.Add(labels, cell);
            }

            cell.Add(value);
        }
    }

    /// <summary>Forgets what was observed, before it is observed anew.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            if (_isObserved)
            {
                _cells.Clear();
            }
        }
    }

    /// <summary>Writes the family, if there is anything of it.</summary>
    public void Write(StringBuilder text)
    {
        lock (_gate)
        {
            if (_cells.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {_help}\n# TYPE {Name} {_type}\n");
            }

            foreach (MetricCell cell in _cells.Values.OrderBy(cell => cell.Labels, StringComparer.Ordinal))
            {
                if (_type == "histogram")
                {
                    WriteHistogram(text, cell);
                }
                else
                {
                    WriteLine(text, Name, cell.Labels, cell.Sum);
                }
            }
        }
    }

    // As OpenTelemetry's compatibility with Prometheus has it: units are words, and a count in braces is none.
    private static string NameOf(Instrument instrument)
    {
        string unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => string.Empty };
        string kind = instrument is Counter<long> or ObservableCounter<long> ? "_total" : string.Empty;
        return $"{instrument.Name.Replace('.', '_')}{unit}{kind}";
    }

    private static void WriteLine(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(CultureInfo.InvariantCulture, $" {value}\n");
    }

    private void WriteHistogram(StringBuilder text, MetricCell cell)
    {
        string comma = cell.Labels.Length == 0 ? string.Empty : ",";
        for (int i = 0; i <= _bounds.Count; i++)
        {
            string bound = i < _bounds.Count ? _bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            WriteLine(text, $"{Name}_bucket", $"{cell.Labels}{comma}le=\"{bound}\"", cell.CountUpTo(i));
        }

        WriteLine(text, $"{Name}_sum", cell.Labels, cell.Sum);
        WriteLine(text, $"{Name}_count", cell.Labels, cell.Count);
    }
}
