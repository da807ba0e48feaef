namespace Linkage.Sidecar.Telemetry;

/// <summary>What one set of labels adds up to. Not thread-safe.</summary>
/// <param name="labels">The labels as text.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, rising; empty for a sum.</param>
internal sealed class MetricCell(string labels, IReadOnlyList<double> bounds)
{
    private readonly long[] _buckets = new long[bounds.Count + 1];

    /// <summary>The labels as text.</summary>
    public string Labels { get; } = labels;

    /// <summary>The sum of the measurements.</summary>
    public double Sum { get; private set; }

    /// <summary>Their number.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a measurement.</summary>
    public void Add(double value)
    {
        int bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        _buckets[bucket]++;
        Sum += value;
        Count++;
    }

    /// <summary>The number of measurements up to a bound, as Prometheus counts them.</summary>
    public long CountUpTo(int bucket) => _buckets.AsSpan(0, bucket + 1).ToArray().Sum();
}
