namespace Linkage.Core.Reporting;

/// <summary>What a careful reader should know before using the result.</summary>
internal static class WarningsSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.Warnings.Count == 0)
        {
            html.Element("p", "Nothing in this run calls for a warning.");
            return;
        }

        html.Open("div", ("class", "alert"));
        html.Open("ul");
        foreach (string warning in content.Warnings)
        {
            html.Element("li", warning);
        }

        html.Close();
        html.Close();
    }
}
