using CsvHelper;
using Linkage.Bloom.Schemas;
using Linkage.Synthetic;

namespace Linkage.Lookup.Benchmarks;

/// <summary>A record as a source has it, and who it is in truth.</summary>
/// <param name="Values">Raw values in the order of <see cref="Schema"/>.</param>
/// <param name="Truth">Equal for all records of one person; never encoded.</param>
internal sealed record Person(string?[] Values, string Truth)
{
    /// <summary>The sample schema of people in the United States.</summary>
    public static LinkageSchema Schema { get; } =
        LinkageSchema.Load(Path.Join(AppContext.BaseDirectory, "us-people.schema.json"));

    public static Person From(SyntheticRecord record) => new(
        [
            record.FirstName, record.LastName, record.Dob, record.Sex, record.Address, record.Zip, record.Ssn4,
            record.Phone,
        ],
        record.TruthPersonId);

    /// <summary>Reads the records of a source from a file with the columns of generated people.</summary>
    public static IEnumerable<Person> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var csv = CsvReader.Create(file, new CsvReaderOptions { HasHeader = false }, leaveOpen: true);
        _ = csv.Read();
        string[] header = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        int[] fields = [.. Schema.Fields.Select(field => Array.IndexOf(header, field.Name))];
        int truth = Array.IndexOf(header, "truth_person_id");
        while (csv.Read())
        {
            yield return new Person([.. fields.Select(csv.GetString)], csv.GetString(truth));
        }
    }
}
