using Linkage.Bloom.Storage;

namespace Linkage.Core.Reporting;

/// <summary>How many records of each party have a value in each field.</summary>
internal static class FieldsSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        html.Element("p", "Share of records with a usable value. A field that one party lacks cannot help to link it.");
        WriteShares(html, content.Result);
        WriteFaults(html, content.Result);
    }

    private static void WriteShares(HtmlWriter html, LinkResult result)
    {
        using var table = new HtmlTable(
            html,
            "Values present",
            [HtmlColumn.Text("Field"), .. result.Files.Select(file => HtmlColumn.Number(file.Party))]);
        for (int field = 0; field < result.Schema.Fields.Count; field++)
        {
            table.OpenRow();
            table.Cell(result.Schema.Fields[field].Name);
            foreach (EncodedFileHeader file in result.Files)
            {
                int present = file.Fields[field].Present;
                double share = file.RecordCount > 0 ? (double)present / file.RecordCount : 0;
                table.Cell(FigureText.Share(present, file.RecordCount), cell => SvgChart.Bar(cell, 0, share, "match"));
            }

            table.CloseRow();
        }
    }

    private static void WriteFaults(HtmlWriter html, LinkResult result)
    {
        (string Party, string Field, FieldCounts Counts)[] faults =
        [
            .. result.Files.SelectMany(file => file.Fields.Select(
                (counts, i) => (file.Party, result.Schema.Fields[i].Name, counts))),
        ];
        faults = [.. faults.Where(fault => fault.Counts.Cut > 0 || fault.Counts.InvalidDates > 0)];
        if (faults.Length == 0)
        {
            return;
        }

        using var table = new HtmlTable(
            html,
            "Values that could be used in part only",
            HtmlColumn.Text("Party"),
            HtmlColumn.Text("Field"),
            HtmlColumn.Number("Too long, cut"),
            HtmlColumn.Number("Dates that cannot be read"));
        foreach ((string party, string field, FieldCounts counts) in faults)
        {
            table.Row(party, field, FigureText.Count(counts.Cut), FigureText.Count(counts.InvalidDates));
        }
    }
}
