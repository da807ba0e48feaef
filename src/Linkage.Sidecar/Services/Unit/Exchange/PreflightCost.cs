using Google.Protobuf.WellKnownTypes;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>What a run over some files would cost.</summary>
/// <remarks>
/// Pairs are counted, each in every pass it meets in: as many as the candidates of the run, or up to as many times more
/// as there are passes. Pairs within a party that may list a person twice are not among them. Rows of all passes are
/// counted, too, since they are read even if they meet nobody. Memory and time follow from them by cautious rates, so
/// they say the order of magnitude. The rates are from the processor time of linking 820,000 and 200,000 records;
/// <c>benchmarks/sidecar/run</c> holds them against a run.
/// </remarks>
internal static class PreflightCost
{
    private const long BytesPerPair = 128;
    private const long BytesPerRecord = 128;
    private const double PairsPerSecondAndCore = 500_000;
    private const double RowsPerSecondAndCore = 500_000;

    /// <summary>The cost.</summary>
    public static PreflightEstimates Of(IReadOnlyList<PreflightFile> files)
    {
        string? fingerprint = files.Count > 0 ? files[0].File.Header.Schema.EncodingFingerprint : null;
        PreflightFile[] alike =
            [.. files.Where(file => file.File.Header.Schema.EncodingFingerprint == fingerprint)];
        int passes = alike.Length > 0 ? alike[0].File.Passes.Count : 0;
        long pairs = Enumerable.Range(0, passes).Sum(
            pass => BlockJoin.CountPairs([.. alike.Select(file => file.File.Passes[pass])]));
        long records = alike.Sum(file => (long)file.File.Header.RecordCount);
        long rows = alike.Sum(file => file.File.Passes.Sum(pass => (long)pass.RowCount));
        double seconds = (pairs / PairsPerSecondAndCore) + (rows / RowsPerSecondAndCore);
        return new PreflightEstimates
        {
            Pairs = pairs,
            MemoryBytes = (pairs * BytesPerPair) + (records * BytesPerRecord),
            Time = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds / Environment.ProcessorCount)),
        };
    }
}
