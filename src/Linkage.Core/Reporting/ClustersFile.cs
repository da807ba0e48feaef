using System.Globalization;
using Linkage.Core.Clustering;

namespace Linkage.Core.Reporting;

/// <summary>
/// How firmly each entity of two records or more hangs together, as comma-separated values; most in doubt first.
/// </summary>
internal static class ClustersFile
{
    private const int RowsPerCheck = 1 << 14;

    public static void Write(LinkResult result, Stream stream, CancellationToken cancellationToken)
    {
        var lines = new CsvLines(stream);
        lines.Write("link_id,records,parties,pairs,density,weakest_link,bridges\n"u8);
        for (int i = 0; i < result.EntityMetrics.Count; i++)
        {
            if (i % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            EntityMetrics entity = result.EntityMetrics[i];
            lines.Write(result.LinkIds[entity.Entity]);
            lines.Write(string.Create(
                CultureInfo.InvariantCulture,
                $",{entity.Records},{entity.Parties},{entity.Pairs},{entity.Density:R},{entity.WeakestLink:R},"));
            lines.Write(string.Create(CultureInfo.InvariantCulture, $"{entity.Bridges}\n"));
        }

        lines.Flush();
    }
}
