using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Reporting;

namespace Linkage.Core.Tests.Reporting;

/// <summary>A small run through the real pipeline: two parties with some persons in common.</summary>
internal static class SmallRun
{
    private const int Persons = 120;
    private const string SourceId = "source-id-";

    public static RunFacts Facts { get; } = new()
    {
        Started = new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.FromHours(2)),
        Elapsed = TimeSpan.FromSeconds(65.25),
        CommandOptions = ["--seed 7"],
    };

    /// <summary>A new schema at each call.</summary>
    public static LinkageSchema Schema => new()
    {
        Name = "small",
        Population = 1000,
        Fields =
        [
            FieldSchema.Create("first", FieldKind.Name, FieldRole.GivenName),
            FieldSchema.Create("last", FieldKind.Name, FieldRole.FamilyName),
            FieldSchema.Create("born", FieldKind.Date, FieldRole.BirthDate),
            FieldSchema.Create("sex", FieldKind.Sex, FieldRole.Sex),
        ],
        Passes =
        [
            new PassSchema { Name = "name-year", Key = ["L", "Y"] },
            new PassSchema { Name = "birth", Key = ["D", "S"] },
        ],
    };

    /// <summary>The same fields by three passes that have none in common.</summary>
    public static LinkageSchema ThreePasses => Schema with
    {
        BlockLimit = 300,
        Passes =
        [
            new PassSchema { Name = "names", Key = ["F", "L"] },
            new PassSchema { Name = "birth", Key = ["D"] },
            new PassSchema { Name = "sex", Key = ["S"] },
        ],
    };

    /// <summary>Every name, birth date and source id that is put in; none may come out.</summary>
    public static IReadOnlyList<string> Secrets { get; } =
    [
        .. Enumerable.Range(0, Persons + 100).SelectMany(i => Person(i)[..3]).OfType<string>().Distinct(), SourceId,
    ];

    /// <summary>Links the parties <c>health</c> and <c>benefits</c>.</summary>
    public static LinkResult Link(LinkageSchema? schema = null, LinkerOptions? options = null) =>
        Link(schema ?? Schema, options ?? new LinkerOptions { Seed = 7 }, Party("health", 0), Party("benefits", 40));

    /// <summary>Looks for duplicates in one party.</summary>
    public static LinkResult FindDuplicates() => Link(
        Schema,
        new LinkerOptions { Seed = 7 },
        ("health", [.. Party("health", 0).Records, .. Party("health", 100).Records]));

    /// <summary>Links three parties, of whose persons sixty are known to all.</summary>
    public static LinkResult LinkThree() => Link(
        Schema, new LinkerOptions { Seed = 7 }, Party("health", 0), Party("benefits", 40), Party("school", 60));

    /// <summary>Links two parties of which one lists two persons twice, word for word, though it should not.</summary>
    public static LinkResult LinkTwins() => Link(
        Schema,
        new LinkerOptions { Seed = 7 },
        Party("health", 0),
        ("benefits", [.. Party("benefits", 40).Records, Person(45), Person(50)]));

    /// <summary>Links two parties that have nothing to compare.</summary>
    public static LinkResult LinkStrangers() => Link(
        Schema, new LinkerOptions { Seed = 7 }, ("health", [Person(1)]), ("benefits", [Person(2)]));

    private static LinkResult Link(
        LinkageSchema schema, LinkerOptions options, params (string Name, string?[][] Records)[] parties)
    {
        using var folder = new ScratchFolder();
        using var key = LinkageKey.Generate("trial");
        var files = new List<EncodedFile>();
        try
        {
            foreach ((string name, string?[][] records) in parties)
            {
                Encode(folder, schema, key, name, records);
                files.Add(EncodedFile.Open(folder[$"{name}.lke"]));
            }

            return Linker.Link(files, options);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static void Encode(
        ScratchFolder folder, LinkageSchema schema, LinkageKey key, string party, string?[][] records)
    {
        using var encoder = new RecordEncoder(schema, key, party);
        using var writer = EncodedFileWriter.Create(folder[$"{party}.lke"], folder[$"{party}.map.csv"], encoder);
        for (int i = 0; i < records.Length; i++)
        {
            writer.Add($"{SourceId}{i}", records[i]);
        }

        writer.Complete();
    }

    private static (string Name, string?[][] Records) Party(string name, int from) =>
        (name, [.. Enumerable.Range(from, Persons).Select(Person)]);

    // Family names repeat among persons and years among families, so that a block holds several persons.
    private static string?[] Person(int i) =>
    [
        i % 17 == 3 ? null : Word((ulong)i + 1000),
        Word((ulong)i % 9),
        $"19{60 + (i % 4):00}-{1 + (i % 12):00}-{1 + (i % 25):00}",
        i % 2 == 0 ? "F" : "M",
    ];

    // Letters over f only: no hexadecimal digits can look like one.
    private static string Word(ulong seed)
    {
        ulong state = (seed * 0x9E3779B97F4A7C15) ^ 0xD1B54A32D192ED03;
        return string.Create(8, state, static (word, state) =>
        {
            for (int i = 0; i < word.Length; i++)
            {
                state = (state * 6364136223846793005) + 1442695040888963407;
                word[i] = (char)('g' + (int)((state >> 33) % 20));
            }
        });
    }
}
