using System.Globalization;
using System.Net;
using System.Text;
using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Audit;

/// <summary>The yearly summary of a party's disclosures as CSV and as a page that prints.</summary>
internal static class SummaryFiles
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private const string Style =
        "body{font-family:sans-serif;margin:2em;color:#1b1b1b;background:#fff}table{border-collapse:collapse}"
        + "th,td{border:1px solid #767676;padding:.3em .6em;text-align:left}td.number{text-align:right}";

    private static readonly string[] Titles =
        ["project", "recipient", "action", "purpose", "clause", "answers", "records", "refusals"];

    /// <summary>Writes both files, named by party and year.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        string directory, string party, int year, IReadOnlyList<DisclosureRow> rows, AuditVerdict verdict)
    {
        Directory.CreateDirectory(directory);
        string name = Path.Join(
            directory, string.Create(CultureInfo.InvariantCulture, $"disclosures-{party}-{year}"));
        Write($"{name}.csv", Csv(rows));
        Write($"{name}.html", Html(party, year, rows, verdict));
        return [$"{name}.csv", $"{name}.html"];
    }

    /// <summary>The table as CSV, without a text that a spreadsheet would take for a formula.</summary>
    internal static string Csv(IReadOnlyList<DisclosureRow> rows)
    {
        StringBuilder csv = new();
        csv.AppendJoin(',', Titles).Append('\n');
        foreach (DisclosureRow row in rows)
        {
            csv.AppendJoin(',', CellsOf(row).Select(Quoted)).Append('\n');
        }

        return csv.ToString();
    }

    private static string Html(string party, int year, IReadOnlyList<DisclosureRow> rows, AuditVerdict verdict)
    {
        StringBuilder html = new();
        string title = string.Create(CultureInfo.InvariantCulture, $"Disclosures of records of {party} in {year}");
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy).Append("\"/>")
            .Append("<title>").Append(Escaped(title)).Append("</title><style>").Append(Style)
            .Append("</style></head>\n<body><h1>").Append(Escaped(title)).Append("</h1>\n");
        html.Append("<p>").Append(Sums(rows))
            .Append(CultureInfo.InvariantCulture, $" From an audit log of {verdict.LastSequence} entries")
            .Append(CultureInfo.InvariantCulture, $", sound to its end, signed {verdict.SignedAt:yyyy-MM-dd HH:mm:ss}")
            .Append(" UTC.</p>\n");
        html.Append("<table><thead><tr>");
        foreach (string heading in Titles)
        {
            html.Append("<th scope=\"col\">").Append(heading).Append("</th>");
        }

        html.Append("</tr></thead><tbody>\n");
        foreach (DisclosureRow row in rows)
        {
            html.Append("<tr>");
            foreach ((string cell, int column) in CellsOf(row).Select((cell, i) => (cell, i)))
            {
                html.Append(column < 5 ? "<td>" : "<td class=\"number\">").Append(Escaped(cell)).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        return html.Append("</tbody></table></body></html>\n").ToString();
    }

    private static string Sums(IReadOnlyList<DisclosureRow> rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"{rows.Sum(row => row.Answers)} answers about {rows.Sum(row => row.Records)} records; "
        + $"{rows.Sum(row => row.Refusals)} refusals.");

    private static string[] CellsOf(DisclosureRow row) =>
    [
        row.Key.ProjectId, row.Key.Recipient, row.Key.Action, row.Key.Purpose, row.Key.Clause,
        row.Answers.ToString(CultureInfo.InvariantCulture),
        row.Records.ToString(CultureInfo.InvariantCulture),
        row.Refusals.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Quoted(string cell)
    {
        string text = cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) ? $"'{cell}" : cell;
        return text.AsSpan().IndexOfAny("\",\r\n'") >= 0
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static void Write(string path, string text)
    {
        using AtomicFile file = AtomicFile.Create(path, ownerOnly: true);
        file.Stream.Write(Encoding.UTF8.GetBytes(text));
        file.Commit();
    }
}
