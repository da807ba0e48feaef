using System.Globalization;
using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>How far every record could be linked at all, party after party, by rising handle.</summary>
internal static class RecordsFile
{
    public static void Write(LinkResult result, Stream stream, CancellationToken cancellationToken) =>
        RecordLines.Write(
            result,
            stream,
            "passes,self_weight,self_probability\n"u8,
            (lines, record) => lines.Write(FindingsOf(result.Reach, record)),
            cancellationToken);

    private static string FindingsOf(ReachTable reach, int record)
    {
        int passes = reach.PassesOf(record);
        return reach.WeightOf(record) is { } weight && reach.ProbabilityOf(record) is { } probability
            ? string.Create(CultureInfo.InvariantCulture, $",{passes},{weight.Bits:R},{probability.Value:R}\n")
            : string.Create(CultureInfo.InvariantCulture, $",{passes},,\n");
    }
}
