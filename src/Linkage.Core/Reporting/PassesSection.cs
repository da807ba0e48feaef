using Linkage.Bloom.Storage;
using Linkage.Core.Blocking;

namespace Linkage.Core.Reporting;

/// <summary>What each pass gave, and what became of each party's records in it.</summary>
internal static class PassesSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        html.Element(
            "p",
            "Two records are compared when a pass puts them into one block, because they share the pass's key. "
            + $"Together the passes gave {FigureText.Count(content.Result.CandidateCount)} different pairs.");
        WritePasses(html, content.Result);
        WriteParties(html, content.Result);
    }

    private static void WritePasses(HtmlWriter html, LinkResult result)
    {
        using var table = new HtmlTable(
            html,
            "Passes",
            HtmlColumn.Text("Pass"),
            HtmlColumn.Text("Key"),
            HtmlColumn.Number("Rows"),
            HtmlColumn.Number("Blocks compared"),
            HtmlColumn.Number("Pairs"),
            HtmlColumn.Number("New pairs"),
            HtmlColumn.Number("Largest block"),
            HtmlColumn.Number("Dropped blocks"));
        for (int i = 0; i < result.Passes.Count; i++)
        {
            BlockTally pass = result.Passes[i];
            table.Row(
                pass.Pass,
                string.Join(" + ", result.Schema.Passes[i].Key),
                FigureText.Count(result.Files.Sum(file => (long)file.Passes[i].Rows)),
                FigureText.Count(pass.SharedBlocks),
                FigureText.Count(pass.Pairs),
                FigureText.Count(pass.NewPairs),
                FigureText.Count(pass.LargestBlock),
                FigureText.Count(pass.DroppedBlocks));
        }
    }

    private static void WriteParties(HtmlWriter html, LinkResult result)
    {
        using var table = new HtmlTable(
            html,
            "Records of each party in each pass",
            HtmlColumn.Text("Party"),
            HtmlColumn.Number("In the pass"),
            HtmlColumn.Number("Without key"),
            HtmlColumn.Number("Dropped records"),
            HtmlColumn.Number("Dropped blocks"),
            HtmlColumn.Number("Largest block"));
        for (int i = 0; i < result.Passes.Count; i++)
        {
            table.Group($"Pass {result.Passes[i].Pass}");
            foreach (EncodedFileHeader file in result.Files)
            {
                PassCounts counts = file.Passes[i];
                table.Row(
                    file.Party,
                    FigureText.CountAndShare(counts.Rows, file.RecordCount),
                    FigureText.Count(counts.WithoutKey),
                    FigureText.CountAndShare(counts.DroppedRecords, file.RecordCount),
                    FigureText.Count(counts.DroppedBlocks),
                    FigureText.Count(counts.LargestBlock));
            }
        }
    }
}
