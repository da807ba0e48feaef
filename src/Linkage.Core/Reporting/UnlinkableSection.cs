namespace Linkage.Core.Reporting;

/// <summary>Records that no run can link, because too little of them arrived.</summary>
internal static class UnlinkableSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        html.Element(
            "p",
            "Some records cannot be linked whatever the other files hold. A record in no pass is compared with nobody. "
            + "A record that says too little would not be recognized as a match even against an exact copy of itself. "
            + "A missing link of such a record does not say that the person is unknown to the other party; "
            + $"{LinkResultFiles.RecordsName} has the figures of every record.");
        using var table = new HtmlTable(
            html,
            "Records out of reach",
            HtmlColumn.Text("Party"),
            HtmlColumn.Number("Records"),
            HtmlColumn.Number("In no pass"),
            HtmlColumn.Number("Say too little"),
            HtmlColumn.Number("Together"));
        foreach (UnlinkableRecords party in content.Result.Unlinkable)
        {
            table.Row(
                party.Party,
                FigureText.Count(party.Records),
                FigureText.CountAndShare(party.InNoPass, party.Records),
                FigureText.CountAndShare(party.TooLittle, party.Records),
                FigureText.CountAndShare(party.InNoPass + party.TooLittle, party.Records));
        }
    }
}
