using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Checks of one file by itself.</summary>
internal static class FileChecks
{
    private const int FilterLength = 128;
    private const int MostRows = 20_000;
    private const double Slack = 0.02;
    private const double Deviations = 5;

    /// <summary>The checks that need no other file.</summary>
    public static IEnumerable<PreflightCheck> Of(PreflightFile file, ProjectTerms terms)
    {
        EncodedFileHeader header = file.File.Header;
        bool isOfTerms = header.Schema.EncodingFingerprint == terms.EncodingFingerprint
            && header.CheckValue == terms.CheckValue;
        yield return Check(
            file,
            PreflightKind.Fingerprints,
            isOfTerms ? PreflightVerdict.Passed : PreflightVerdict.Failed,
            isOfTerms ? "Those of the terms." : "Not those of the terms.");
        bool isWithin = header.RecordCount <= header.Schema.Population;
        yield return Check(
            file,
            PreflightKind.Counts,
            isWithin ? PreflightVerdict.Passed : PreflightVerdict.Doubtful,
            isWithin
                ? string.Create(CultureInfo.InvariantCulture, $"{header.RecordCount} records, as the header says.")
                : "More records than the population the schema was made for.");
        // Opening a file checks the length of every column against its schema.
        yield return Check(file, PreflightKind.Lengths, PreflightVerdict.Passed, "Those of the schema.");
        if (header.Schema.Profile == ProtectionProfile.Standard)
        {
            foreach (PreflightCheck check in BitStatistics(file))
            {
                yield return check;
            }
        }
    }

    /// <summary>A check of a file.</summary>
    public static PreflightCheck Check(
        PreflightFile file,
        PreflightKind kind,
        PreflightVerdict verdict,
        string finding,
        string field = "",
        string pass = "") => new()
        {
            Kind = kind,
            Verdict = verdict,
            UploadId = file.UploadId,
            Field = field,
            Pass = pass,
            Finding = finding,
        };

    /// <summary>The share of set bits of a field in a pass, over rows that have it; null if there are none.</summary>
    public static (double Share, int Blocks)? SetBits(EncodedPass pass, int field)
    {
        if (!pass.Travels(field) || pass.RowCount == 0 || pass.Field(0, field).Length != FilterLength)
        {
            return null;
        }

        int step = Math.Max(1, pass.RowCount / MostRows);
        long set = 0;
        int rows = 0;
        int blocks = 0;
        UInt128? last = null;
        for (int row = 0; row < pass.RowCount; row += step)
        {
            if ((pass.Presence(row) >> field & 1) == 0)
            {
                continue;
            }

            set += Count(pass.Field(row, field));
            rows++;
            blocks += pass.Token(row) == last ? 0 : 1;
            last = pass.Token(row);
        }

        return rows == 0 ? null : (set / (rows * 8.0 * FilterLength), blocks);
    }

    // Protected values are random, so half of their bits are set but for chance; equal values of one block have the
    // same bits, so it is blocks that count.
    private static IEnumerable<PreflightCheck> BitStatistics(PreflightFile file)
    {
        LinkageSchema schema = file.File.Header.Schema;
        for (int pass = 0; pass < schema.Passes.Count; pass++)
        {
            for (int field = 0; field < schema.Fields.Count; field++)
            {
                if (SetBits(file.File.Passes[pass], field) is not ({ } share, { } blocks))
                {
                    continue;
                }

                double bound = Slack + (Deviations * 0.5 / Math.Sqrt(8.0 * FilterLength * blocks));
                bool isEven = Math.Abs(share - 0.5) <= bound;
                yield return Check(
                    file,
                    PreflightKind.BitStatistics,
                    isEven ? PreflightVerdict.Passed : PreflightVerdict.Failed,
                    string.Create(
                        CultureInfo.InvariantCulture, $"The share of set bits is {share:F3}; half is expected."),
                    schema.Fields[field].Name,
                    schema.Passes[pass].Name);
            }
        }
    }

    private static int Count(ReadOnlySpan<byte> filter)
    {
        int set = 0;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(filter))
        {
            set += BitOperations.PopCount(word);
        }

        return set;
    }
}
