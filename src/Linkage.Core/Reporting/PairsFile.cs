using System.Globalization;
using System.Text;
using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>The kept pairs as comma-separated values, heaviest first.</summary>
internal static class PairsFile
{
    private const int RowsPerCheck = 1 << 14;

    public static void Write(LinkResult result, Stream stream, CancellationToken cancellationToken)
    {
        var lines = new CsvLines(stream);
        lines.Write("left_party,left_handle,right_party,right_handle,weight,probability,decision,pattern\n"u8);
        int comparisons = result.Model.Comparisons.Count;
        LinkedPair before = default;
        byte[] findings = [];
        for (int i = 0; i < result.Pairs.Count; i++)
        {
            if (i % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            // Pairs are sorted by weight, so those of one pattern stand together and their findings become text once.
            LinkedPair pair = result.Pairs[i];
            if (i == 0 || !HaveSameFindings(pair, before))
            {
                findings = FindingsOf(pair, comparisons);
                before = pair;
            }

            WriteRecord(lines, pair.Left);
            WriteRecord(lines, pair.Right);
            lines.Write(findings);
        }

        lines.Flush();
    }

    private static bool HaveSameFindings(LinkedPair one, LinkedPair other) =>
        one.Vector == other.Vector && one.Decision == other.Decision
        && one.Weight.Bits.Equals(other.Weight.Bits) && one.Probability.Value.Equals(other.Probability.Value);

    private static byte[] FindingsOf(LinkedPair pair, int comparisons)
    {
        string word = pair.Decision switch
        {
            Decision.Match => "match",
            Decision.Possible => "possible",
            _ => "non-match",
        };
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{pair.Weight.Bits:R},{pair.Probability.Value:R},{word},{pair.Vector.ToPattern(comparisons)}\n"));
    }

    private static void WriteRecord(CsvLines lines, RecordReference record)
    {
        lines.WriteCell(record.Party);
        lines.Write(","u8);
        lines.Write(record.Handle);
        lines.Write(","u8);
    }
}
