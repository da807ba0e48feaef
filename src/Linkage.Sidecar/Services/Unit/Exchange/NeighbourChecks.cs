using System.Globalization;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Checks of one file against the other parties' files.</summary>
internal static class NeighbourChecks
{
    private const double UnusualMissing = 0.2;
    private const double UnusualBits = 0.05;

    /// <summary>The checks; none if there is no other file, or if it is of another schema.</summary>
    public static IEnumerable<PreflightCheck> Of(PreflightFile file, IReadOnlyList<PreflightFile> all)
    {
        string fingerprint = file.File.Header.Schema.EncodingFingerprint;
        PreflightFile[] others =
        [
            .. all.Where(other => other.Party != file.Party
                && other.File.Header.Schema.EncodingFingerprint == fingerprint),
        ];
        return others.Length == 0 ? [] : [.. Missing(file, others), .. Bits(file, others), .. Blocks(file, others)];
    }

    private static IEnumerable<PreflightCheck> Missing(PreflightFile file, PreflightFile[] others)
    {
        LinkageSchema schema = file.File.Header.Schema;
        for (int field = 0; field < schema.Fields.Count; field++)
        {
            double own = MissingShare(file, field);
            double theirs = others.Average(other => MissingShare(other, field));
            yield return FileChecks.Check(
                file,
                PreflightKind.MissingValues,
                Math.Abs(own - theirs) > UnusualMissing ? PreflightVerdict.Doubtful : PreflightVerdict.Passed,
                string.Create(CultureInfo.InvariantCulture, $"Missing in {own:P1} of the records."),
                schema.Fields[field].Name);
        }
    }

    // In profile standard, half is the yardstick; elsewhere the others are.
    private static IEnumerable<PreflightCheck> Bits(PreflightFile file, PreflightFile[] others)
    {
        LinkageSchema schema = file.File.Header.Schema;
        if (schema.Profile == ProtectionProfile.Standard)
        {
            yield break;
        }

        for (int pass = 0; pass < schema.Passes.Count; pass++)
        {
            for (int field = 0; field < schema.Fields.Count; field++)
            {
                double[] theirs =
                [
                    .. others
                        .Select(other => FileChecks.SetBits(other.File.Passes[pass], field))
                        .OfType<(double Share, int Blocks)>()
                        .Select(bits => bits.Share),
                ];
                if (theirs.Length > 0 && FileChecks.SetBits(file.File.Passes[pass], field) is ({ } share, _))
                {
                    yield return FileChecks.Check(
                        file,
                        PreflightKind.BitStatistics,
                        Math.Abs(share - theirs.Average()) > UnusualBits
                            ? PreflightVerdict.Doubtful
                            : PreflightVerdict.Passed,
                        string.Create(CultureInfo.InvariantCulture, $"The share of set bits is {share:F3}."),
                        schema.Fields[field].Name,
                        schema.Passes[pass].Name);
                }
            }
        }
    }

    private static List<PreflightCheck> Blocks(PreflightFile file, PreflightFile[] others)
    {
        LinkageSchema schema = file.File.Header.Schema;
        bool[] shared =
        [
            .. Enumerable.Range(0, schema.Passes.Count).Select(pass => BlockJoin.AnyShared(
                file.File.Passes[pass], [.. others.Select(other => other.File.Passes[pass])])),
        ];
        PreflightVerdict without = shared.Contains(true) ? PreflightVerdict.Doubtful : PreflightVerdict.Failed;
        return
        [
            .. shared.Select((isShared, pass) => FileChecks.Check(
                file,
                PreflightKind.SharedBlocks,
                isShared ? PreflightVerdict.Passed : without,
                isShared ? "Blocks are shared with another file." : "No block is shared with another file.",
                pass: schema.Passes[pass].Name)),
        ];
    }

    private static double MissingShare(PreflightFile file, int field)
    {
        EncodedFileHeader header = file.File.Header;
        return header.RecordCount == 0 ? 0 : 1 - ((double)header.Fields[field].Present / header.RecordCount);
    }
}
