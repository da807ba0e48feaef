using System.Globalization;
using System.Text.Json;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;

namespace Linkage.Cli.Terminal;

/// <summary>Shows how far the records of an encoded file agree by chance, for people and for machines.</summary>
/// <param name="header">The file's header.</param>
internal sealed class AgreementText(EncodedFileHeader header)
{
    private readonly IReadOnlyList<Comparison> _comparisons = Comparison.FromSchema(header.Schema);

    /// <summary>Writes one line a comparison level, or why there are none.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTable(TextWriter writer)
    {
        writer.WriteLine();
        if (header.Agreement is not { } agreement)
        {
            writer.WriteLine("agreement by chance: not in this file, its format is older");
            return;
        }

        writer.WriteLine("agreement by chance, among pairs of different records of this party");
        TextTable table = new("comparison", "level", "pairs", "of", "share");
        foreach (ComparisonAgreement row in agreement.Comparisons)
        {
            for (int level = row.Levels.Count - 1; level >= 0; level--)
            {
                AgreementCell cell = row.Levels[level];
                table.Add(
                    level == row.Levels.Count - 1 ? row.Comparison : string.Empty,
                    NameOf(row, level),
                    cell.Count is { } count ? Figures.Count(count) : $"under {AgreementCell.LeastCount}",
                    Figures.Count(cell.Pairs),
                    cell.IsSmall ? string.Empty : cell.Share.ToString("0.00E+0", CultureInfo.InvariantCulture));
            }
        }

        table.WriteTo(writer);
        foreach (Comparison comparison in _comparisons.Where(one => agreement.Find(one.Name) is null))
        {
            writer.WriteLine($"{comparison.Name}: not told, {ReasonOf(comparison)}");
        }
    }

    /// <summary>Writes the table as a member of an open JSON object; null where the file has none.</summary>
    /// <param name="json">The writer.</param>
    public void WriteJson(Utf8JsonWriter json)
    {
        if (header.Agreement is not { } agreement)
        {
            json.WriteNull("agreement");
            return;
        }

        json.WriteStartArray("agreement");
        foreach (ComparisonAgreement row in agreement.Comparisons)
        {
            json.WriteStartObject();
            json.WriteString("comparison", row.Comparison);
            json.WriteStartArray("levels");
            for (int level = 0; level < row.Levels.Count; level++)
            {
                WriteCell(json, NameOf(row, level), row.Levels[level]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCell(Utf8JsonWriter json, string level, AgreementCell cell)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        json.WriteNumber(cell.IsSmall ? "fewer_than" : "count", cell.Count ?? AgreementCell.LeastCount);
        json.WriteNumber("of", cell.Pairs);
        json.WriteEndObject();
    }

    private string ReasonOf(Comparison comparison) =>
        header.Schema.Groups.Any(group => group.Name == comparison.Name && group.SwappedLevels.Count > 0)
            ? "its levels ask for swapped values"
            : $"fewer than {AgreementTable.LeastRecords} records can be compared";

    private string NameOf(ComparisonAgreement row, int level) =>
        _comparisons.First(comparison => comparison.Name == row.Comparison).LevelNames[level];
}
