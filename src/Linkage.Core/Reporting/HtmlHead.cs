namespace Linkage.Core.Reporting;

/// <summary>The head of every document: its style, and the policy that lets a browser load nothing else.</summary>
internal static class HtmlHead
{
    public static void Write(HtmlWriter html, string title)
    {
        html.Open("head");
        html.Empty("meta", ("charset", "utf-8"));
        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", ReportStyle.Policy));
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Empty("meta", ("name", "referrer"), ("content", "no-referrer"));
        html.Element("title", title);
        html.Element("style", ReportStyle.Css);
        html.Close();
    }
}
