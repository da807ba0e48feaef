using System.Diagnostics.Metrics;
using Linkage.Sidecar.Storage;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Telemetry;

/// <summary>Figures of the store, read when somebody asks for them. Thread-safe.</summary>
/// <remarks>While the store cannot be read there are none, which is what an alert can look for.</remarks>
internal sealed class StoreGauges
{
    // One look at the store is enough for all gauges of a scrape.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly UnitStore _store;
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private (StoreTally Tally, long Free)? _look;
    private long _readAt;

    /// <summary>Adds the gauges to the meter.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="store">The store.</param>
    /// <param name="directory">Where it is; tells how much room is left.</param>
    /// <param name="time">Says how old the last look is.</param>
    public StoreGauges(Meter meter, UnitStore store, string directory, TimeProvider time)
    {
        _store = store;
        _directory = directory;
        _time = time;
        meter.CreateObservableGauge("linkage.runs", ObserveRuns, "{run}", "Runs, by state.");
        meter.CreateObservableGauge(
            "linkage.uploads", () => Observe(look => look.Tally.OpenUploads), "{upload}", "Uploads that are open.");
        meter.CreateObservableGauge(
            "linkage.store.size", () => Observe(look => look.Tally.Bytes), "By", "Bytes of files and open uploads.");
        meter.CreateObservableGauge(
            "linkage.store.segments",
            () => Observe(look => look.Tally.Segments),
            "{file}",
            "Files of uploads and results.");
        meter.CreateObservableGauge(
            "linkage.store.free",
            () => Observe(look => look.Free),
            "By",
            "Bytes that the store's disk has left.");
    }

    private IEnumerable<Measurement<long>> ObserveRuns() =>
        Read() is { } look
            ? look.Tally.Runs.Select(runs => new Measurement<long>(
                runs.Count, new KeyValuePair<string, object?>("state", runs.State.ToString().ToLowerInvariant())))
            : [];

    private IEnumerable<Measurement<long>> Observe(Func<(StoreTally Tally, long Free), long> figure) =>
        Read() is { } look ? [new Measurement<long>(figure(look))] : [];

    private (StoreTally Tally, long Free)? Read()
    {
        lock (_gate)
        {
            if (_look is null || _time.GetElapsedTime(_readAt) >= Fresh)
            {
                _look = TryLook();
                _readAt = _time.GetTimestamp();
            }

            return _look;
        }
    }

    private (StoreTally Tally, long Free)? TryLook()
    {
        try
        {
            return (_store.CountWork(), new DriveInfo(_directory).AvailableFreeSpace);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or StoreDamagedException)
        {
            return null; // the calls that need the store tell and log it
        }
    }
}
