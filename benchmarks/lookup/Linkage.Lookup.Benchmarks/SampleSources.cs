using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Synthetic;

namespace Linkage.Lookup.Benchmarks;

/// <summary>Generated people whom several sources know, encoded, and a further source's people who are asked
/// for.</summary>
internal sealed class SampleSources : IDisposable
{
    private const string KeyName = "project.key";
    private const string SchemaName = "schema.json";
    private const int QueryCount = 20_000;
    private const ulong Seed = 5;

    private SampleSources(string folder)
    {
        Schema = LinkageSchema.Load(Path.Join(folder, SchemaName));
        Key = LinkageKey.Load(Path.Join(folder, KeyName));
        Paths = [.. Directory.GetFiles(folder, "*.lke").Order(StringComparer.Ordinal)];
        Queries = [.. PeopleOf(Schema).Records(Schema.Parties).Take(QueryCount).Select(Person.From)];
    }

    public LinkageSchema Schema { get; }

    public LinkageKey Key { get; }

    /// <summary>The encoded file of every source.</summary>
    public string[] Paths { get; }

    /// <summary>People of a further source, of whom half are in any other.</summary>
    public Person[] Queries { get; }

    /// <summary>Opens the folder, after it was filled if it is not yet.</summary>
    public static SampleSources Create(string folder, int sources, int records)
    {
        _ = Directory.CreateDirectory(folder);
        if (!File.Exists(Path.Join(folder, SchemaName)))
        {
            Fill(folder, sources, records);
        }

        return Open(folder);
    }

    public static SampleSources Open(string folder) => new(folder);

    public static string PartyOf(int source) => $"agency-{source:D2}";

    public void Dispose() => Key.Dispose();

    private static void Fill(string folder, int sources, int records)
    {
        LinkageSchema schema = Person.Schema with { Population = records, Parties = sources };
        using LinkageKey key = LinkageKey.Generate("lookup");
        key.Save(Path.Join(folder, KeyName));
        PeopleGenerator people = PeopleOf(schema);
        for (int source = 0; source < sources; source++)
        {
            string path = Path.Join(folder, $"{PartyOf(source)}.lke");
            using RecordEncoder encoder = new(schema, key, PartyOf(source));
            using EncodedFileWriter writer = EncodedFileWriter.Create(path, path + ".map.csv", encoder);
            foreach (SyntheticRecord person in people.Records(source))
            {
                writer.Add(person.RecId, Person.From(person).Values);
            }

            writer.Complete();
        }

        // Last, since it says that the others are whole.
        schema.Save(Path.Join(folder, SchemaName));
    }

    private static PeopleGenerator PeopleOf(LinkageSchema schema) => new(new PeopleOptions
    {
        PeoplePerAgency = (int)schema.Population,
        Agencies = schema.Parties + 1,
        Seed = Seed,
    });
}
