using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>What persons have decided about the records of a run's files; it follows that.</summary>
internal static class RunDecisions
{
    /// <summary>The decisions of which both records are in the files.</summary>
    public static IReadOnlyList<PairDecision> Of(
        IReadOnlyList<DecidedPair> decided, IReadOnlyList<EncodedFile> files) =>
    [
        .. decided
            .Where(pair => Has(files, pair.LeftParty, pair.LeftHandle) && Has(files, pair.RightParty, pair.RightHandle))
            .Select(pair => new PairDecision(
                new RecordReference(pair.LeftParty, pair.LeftHandle),
                new RecordReference(pair.RightParty, pair.RightHandle),
                pair.IsMatch)),
    ];

    private static bool Has(IReadOnlyList<EncodedFile> files, string party, string handle)
    {
        byte[] wanted = Convert.FromHexString(handle);
        return files.FirstOrDefault(file => file.Header.Party == party) is { } file && Has(file.Merge, wanted);
    }

    // The handles of a merge section rise.
    private static bool Has(MergeSection merge, ReadOnlySpan<byte> handle)
    {
        (int low, int high) = (0, merge.RecordCount);
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = merge.Handle(middle).SequenceCompareTo(handle) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low < merge.RecordCount && merge.Handle(low).SequenceEqual(handle);
    }
}
