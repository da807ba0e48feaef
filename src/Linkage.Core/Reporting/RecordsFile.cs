using System.Globalization;
using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>How far every record could be linked at all, party after party, by rising handle.</summary>
internal static class RecordsFile
{
    private const int RowsPerCheck = 1 << 14;

    public static void Write(LinkResult result, Stream stream, CancellationToken cancellationToken)
    {
        var lines = new CsvLines(stream);
        lines.Write("party,handle,passes,self_weight,self_probability\n"u8);
        for (int i = 0; i < result.RecordCount; i++)
        {
            if (i % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            RecordReference record = result.Record(i);
            lines.WriteCell(record.Party);
            lines.Write(","u8);
            lines.Write(record.Handle);
            lines.Write(FindingsOf(result.Reach, i));
        }

        lines.Flush();
    }

    private static string FindingsOf(ReachTable reach, int record)
    {
        int passes = reach.PassesOf(record);
        return reach.WeightOf(record) is { } weight && reach.ProbabilityOf(record) is { } probability
            ? string.Create(CultureInfo.InvariantCulture, $",{passes},{weight.Bits:R},{probability.Value:R}\n")
            : string.Create(CultureInfo.InvariantCulture, $",{passes},,\n");
    }
}
