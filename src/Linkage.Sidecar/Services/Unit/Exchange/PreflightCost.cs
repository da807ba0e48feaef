using Google.Protobuf.WellKnownTypes;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>What a run over some files would cost.</summary>
/// <remarks>
/// Pairs are counted, each in every pass it meets in: as many as the candidates of the run, or up to as many times more
/// as there are passes. Pairs within a party that may list a person twice are not among them. Memory and time follow
/// from them by two cautious rates, so they say the order of magnitude.
/// </remarks>
internal static class PreflightCost
{
    private const long BytesPerPair = 64;
    private const long BytesPerRecord = 64;
    private const double PairsPerSecondAndCore = 1_000_000;

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
        return new PreflightEstimates
        {
            Pairs = pairs,
            MemoryBytes = (pairs * BytesPerPair) + (records * BytesPerRecord),
            Time = Duration.FromTimeSpan(
                TimeSpan.FromSeconds(pairs / (PairsPerSecondAndCore * Environment.ProcessorCount))),
        };
    }
}
