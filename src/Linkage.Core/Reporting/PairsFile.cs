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
        for (int i = 0; i < result.Pairs.Count; i++)
        {
            if (i % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            LinkedPair pair = result.Pairs[i];
            WriteRecord(lines, pair.Left);
            WriteRecord(lines, pair.Right);
            lines.Write(pair.Weight.Bits);
            lines.Write(","u8);
            lines.Write(pair.Probability.Value);
            lines.Write(","u8);
            lines.Write(WordOf(pair.Decision));
            lines.Write(","u8);
            lines.Write(pair.Vector.ToPattern(comparisons));
            lines.Write("\n"u8);
        }

        lines.Flush();
    }

    private static void WriteRecord(CsvLines lines, RecordReference record)
    {
        lines.WriteCell(record.Party);
        lines.Write(","u8);
        lines.Write(record.Handle);
        lines.Write(","u8);
    }

    private static ReadOnlySpan<byte> WordOf(Decision decision) => decision switch
    {
        Decision.Match => "match"u8,
        Decision.Possible => "possible"u8,
        _ => "non-match"u8,
    };
}
