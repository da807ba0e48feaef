using System.Text.Json;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>The agreement table in the header of an encoded file.</summary>
/// <remarks>
/// A list of <c>{"comparison": NAME, "levels": [CELL, …]}</c> in schema order, levels worst first. A cell is
/// <c>{"count": C, "of": N}</c>, or <c>{"fewerThan": 10, "of": N}</c> where the number is not told.
/// </remarks>
internal static class AgreementJson
{
    public const string Member = "agreement";

    public static void Write(Utf8JsonWriter writer, AgreementTable table)
    {
        writer.WriteStartArray(Member);
        foreach (ComparisonAgreement row in table.Comparisons)
        {
            writer.WriteStartObject();
            writer.WriteString("comparison", row.Comparison);
            writer.WriteStartArray("levels");
            foreach (AgreementCell cell in row.Levels)
            {
                writer.WriteStartObject();
                writer.WriteNumber(
                    cell.IsSmall ? "fewerThan" : "count", cell.Count ?? AgreementCell.LeastCount);
                writer.WriteNumber("of", cell.Pairs);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads the table, which may only say what a writer of ours would have told.</summary>
    /// <param name="header">The header.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="records">Number of records of the file.</param>
    public static AgreementTable Read(JsonPart header, SchemaFacts schema, int records)
    {
        SchemaRules.Require(header.Has(Member), Member, "is missing");
        IReadOnlyList<ComparedFields> comparisons = schema.Compared;
        JsonElement[] items = header.Items(Member);
        var rows = new ComparisonAgreement[items.Length];
        int next = 0;
        for (int i = 0; i < items.Length; i++)
        {
            string place = $"{Member}[{i}]";
            var part = new JsonPart(items[i], place, "comparison", "levels");
            string name = part.Text("comparison");
            while (next < comparisons.Count && comparisons[next].Name != name)
            {
                next++;
            }

            SchemaRules.Require(
                next < comparisons.Count, part.PlaceOf("comparison"), "is none of the schema, or not in its order");
            rows[i] = new ComparisonAgreement(name, ReadLevels(part, comparisons[next++].LevelCount, records));
        }

        return new AgreementTable(rows);
    }

    private static AgreementCell[] ReadLevels(JsonPart row, int levelCount, int records)
    {
        JsonElement[] items = row.Items("levels");
        SchemaRules.Require(items.Length == levelCount, row.PlaceOf("levels"), "has another length than in the schema");
        return [.. items.Select((item, i) => ReadCell(item, $"{row.PlaceOf("levels")}[{i}]", records))];
    }

    private static AgreementCell ReadCell(JsonElement element, string place, int records)
    {
        var part = new JsonPart(element, place, "count", "fewerThan", "of");
        long pairs = part.Integer("of", 0);
        SchemaRules.Require(
            pairs >= AgreementTable.LeastPairs && pairs <= PairCounts.Of(records),
            part.PlaceOf("of"),
            "is out of range");
        if (part.Has("fewerThan"))
        {
            SchemaRules.Require(
                !part.Has("count") && part.Integer("fewerThan", 0) == AgreementCell.LeastCount,
                part.PlaceOf("fewerThan"),
                "must be 10 and stand without a count");
            return new AgreementCell(null, pairs);
        }

        long count = part.Integer("count", 0);
        SchemaRules.Require(
            count >= AgreementCell.LeastCount && count <= pairs, part.PlaceOf("count"), "is out of range");
        return new AgreementCell(count, pairs);
    }
}
