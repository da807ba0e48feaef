using Linkage.Core.Clustering;

namespace Linkage.Core.Reporting;

/// <summary>Entities by size: the first place where too many links show.</summary>
internal static class EntitiesSection
{
    private const int MostRows = 20;

    public static void Write(HtmlWriter html, ReportContent content)
    {
        html.Element(
            "p",
            "An entity is all records that are linked to one another, directly or by way of others. Entities much "
            + "larger than the number of files are a sign of wrong links.");
        WriteSizes(html, content);
        WriteFirmness(html, content.Result.EntityMetrics);
    }

    private static void WriteSizes(HtmlWriter html, ReportContent content)
    {
        LinkResult result = content.Result;
        IReadOnlyList<EntitySize> sizes = content.Counts.EntitySizes;
        using var table = new HtmlTable(
            html,
            "Entities by number of records",
            HtmlColumn.Text("Records in the entity"),
            HtmlColumn.Number("Entities"),
            HtmlColumn.Number("Records"),
            HtmlColumn.Number("Share of all records"));
        int shown = sizes.Count <= MostRows ? sizes.Count : MostRows - 1;
        for (int i = 0; i < shown; i++)
        {
            long records = (long)sizes[i].Records * sizes[i].Entities;
            WriteRow(table, FigureText.Count(sizes[i].Records), sizes[i].Entities, records, result.RecordCount);
        }

        if (shown < sizes.Count)
        {
            string range = $"{FigureText.Count(sizes[shown].Records)} to {FigureText.Count(sizes[^1].Records)}";
            long entities = sizes.Skip(shown).Sum(size => (long)size.Entities);
            long records = sizes.Skip(shown).Sum(size => (long)size.Records * size.Entities);
            WriteRow(table, range, entities, records, result.RecordCount);
        }
    }

    private static void WriteFirmness(HtmlWriter html, IReadOnlyList<EntityMetrics> entities)
    {
        const int TwoRecords = 2;
        EntityMetrics[][] bySize =
        [
            .. entities.Where(entity => entity.Records > TwoRecords)
                .GroupBy(entity => entity.Records).OrderBy(group => group.Key).Select(group => group.ToArray()),
        ];
        if (bySize.Length == 0)
        {
            return;
        }

        html.Element(
            "p",
            "Entities of three records or more can hang together more or less firmly. Where all records are linked to "
            + "one another there is little to doubt. A link that alone holds two parts together is a bridge: if it is "
            + $"wrong, the entity is two persons. {LinkResultFiles.ClustersName} lists the entities, those most in "
            + "doubt first.");
        using var table = new HtmlTable(
            html,
            "How firmly entities hang together",
            HtmlColumn.Text("Records in the entity"),
            HtmlColumn.Number("Entities"),
            HtmlColumn.Number("All records linked"),
            HtmlColumn.Number("With a bridge"),
            HtmlColumn.Number("Least share of linked pairs"),
            HtmlColumn.Number("Weakest link"));
        int shown = bySize.Length <= MostRows ? bySize.Length : MostRows - 1;
        foreach (EntityMetrics[] group in bySize[..shown])
        {
            WriteFirmness(table, FigureText.Count(group[0].Records), group);
        }

        if (shown < bySize.Length)
        {
            string range = $"{FigureText.Count(bySize[shown][0].Records)} to {FigureText.Count(bySize[^1][0].Records)}";
            WriteFirmness(table, range, [.. bySize[shown..].SelectMany(group => group)]);
        }
    }

    private static void WriteFirmness(HtmlTable table, string size, EntityMetrics[] entities) => table.Row(
        size,
        FigureText.Count(entities.Length),
        FigureText.CountAndShare(entities.Count(entity => entity.Density >= 1), entities.Length),
        FigureText.CountAndShare(entities.Count(entity => entity.Bridges > 0), entities.Length),
        FigureText.Share(entities.Min(entity => entity.Density)),
        FigureText.Probability(entities.Min(entity => entity.WeakestLink)));

    private static void WriteRow(HtmlTable table, string size, long entities, long records, int all)
    {
        table.OpenRow();
        table.Cell(size);
        table.Cell(FigureText.Count(entities));
        table.Cell(FigureText.Count(records));
        double share = all > 0 ? (double)records / all : 0;
        table.Cell(FigureText.Share(records, all), cell => SvgChart.Bar(cell, 0, share, "match"));
        table.CloseRow();
    }
}
