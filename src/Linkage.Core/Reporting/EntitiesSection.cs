using Linkage.Core.Clustering;

namespace Linkage.Core.Reporting;

/// <summary>Entities by size: the first place where too many links show.</summary>
internal static class EntitiesSection
{
    private const int MostRows = 20;

    public static void Write(HtmlWriter html, ReportContent content)
    {
        LinkResult result = content.Result;
        html.Element(
            "p",
            "An entity is all records that are linked to one another, directly or by way of others. Entities much "
            + "larger than the number of files are a sign of wrong links.");
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
