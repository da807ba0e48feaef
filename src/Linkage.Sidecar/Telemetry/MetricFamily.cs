using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Linkage.Sidecar.Telemetry;

/// <summary>All figures of one instrument. Not thread-safe.</summary>
internal sealed class MetricFamily
{
    private readonly string _name;
    private readonly string _help;
    private readonly string _type;
    private readonly IReadOnlyList<double> _bounds;
    private readonly SortedDictionary<string, MetricCell> _cells = new(StringComparer.Ordinal);

    private MetricFamily(string name, string help, string type, IReadOnlyList<double> bounds)
    {
        _name = name;
        _help = help;
        _type = type;
        _bounds = bounds;
    }

    /// <summary>The empty family of an instrument: counter, up-down counter (a gauge) or histogram.</summary>
    public static MetricFamily Of(Instrument instrument)
    {
        string help = instrument.Description ?? string.Empty;
        return instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } =>
                new(instrument.Name, help, "histogram", bounds),
            Counter<long> => new($"{instrument.Name}_total", help, "counter", []),
            UpDownCounter<long> => new(instrument.Name, help, "gauge", []),
            _ => throw new ArgumentException("No text is defined for this kind of instrument.", nameof(instrument)),
        };
    }

    /// <summary>Adds a measurement.</summary>
    public void Note(string labels, double value)
    {
        if (!_cells.TryGetValue(labels, out MetricCell? cell))
        {
            cell = new MetricCell(_bounds);
            _cells.Add(labels, cell);
        }

        cell.Add(value);
    }

    /// <summary>Writes the family.</summary>
    public void Write(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {_name} {_help}\n# TYPE {_name} {_type}\n");
        foreach ((string labels, MetricCell cell) in _cells)
        {
            if (_type == "histogram")
            {
                WriteHistogram(text, labels, cell);
            }
            else
            {
                WriteLine(text, _name, labels, cell.Sum);
            }
        }
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

    private void WriteHistogram(StringBuilder text, string labels, MetricCell cell)
    {
        string comma = labels.Length == 0 ? string.Empty : ",";
        for (int i = 0; i <= _bounds.Count; i++)
        {
            string bound = i < _bounds.Count ? _bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            WriteLine(text, $"{_name}_bucket", $"{labels}{comma}le=\"{bound}\"", cell.CountUpTo(i));
        }

        WriteLine(text, $"{_name}_sum", labels, cell.Sum);
        WriteLine(text, $"{_name}_count", labels, cell.Count);
    }
}
