using Linkage.Bloom.Schemas;
using Linkage.Synthetic;

namespace Linkage.Core.Tests.Support;

/// <summary>Rows of raw values in the order of a schema's fields, and who each row truly is.</summary>
internal sealed record PeopleTable(IReadOnlyList<string?[]> Rows, IReadOnlyList<string> Truth)
{
    /// <summary>Made-up people of one agency.</summary>
    public static PeopleTable Generate(LinkageSchema schema, PeopleGenerator generator, int agency)
    {
        int[] columns =
        [
            .. schema.Fields.Select(field => SyntheticRecord.ColumnNames.ToList().IndexOf(field.Name)),
        ];
        SyntheticRecord[] records = [.. generator.Records(agency)];
        return new PeopleTable(
            [.. records.Select(record => columns.Select(record.GetCell).ToArray())],
            [.. records.Select(record => record.TruthPersonId)]);
    }

    /// <summary>The first row of every person.</summary>
    public PeopleTable WithoutDuplicates()
    {
        int[] first = [.. Enumerable.Range(0, Truth.Count).DistinctBy(row => Truth[row])];
        return new PeopleTable([.. first.Select(row => Rows[row])], [.. first.Select(row => Truth[row])]);
    }

    /// <summary>A CSV without quoted cells.</summary>
    public static PeopleTable Read(string path, LinkageSchema schema, string truthColumn)
    {
        string[] lines = File.ReadAllLines(path);
        string[] header = lines[0].Split(',');
        int truth = Array.IndexOf(header, truthColumn);
        int[] columns = [.. schema.Fields.Select(field => Array.IndexOf(header, field.Name))];
        string[][] cells = [.. lines.Skip(1).Select(line => line.Split(','))];
        Assert.All(cells, row => Assert.Equal(header.Length, row.Length));
        return new PeopleTable(
            [.. cells.Select(row => columns.Select(column => row[column]).ToArray())],
            [.. cells.Select(row => row[truth])]);
    }
}
