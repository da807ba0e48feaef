using System.Globalization;
using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>An owner's directories with a schema and a key in them.</summary>
internal sealed class OwnerFolder : IDisposable
{
    public const string SchemaName = "people.schema.json";
    public const string KeyName = "project.key";

    private readonly TemporaryFolder _folder = new();

    public OwnerFolder()
    {
        Directories = new DirectoryOptions
        {
            Schemas = Make("schemas"),
            Keys = Make("keys"),
            Columns = Make("columns"),
            Output = Make("output"),
        };
        Schema.Save(Path.Join(Directories.Schemas, SchemaName));
        Key.Save(Path.Join(Directories.Keys, KeyName));
    }

    public static LinkageSchema Schema { get; } = new()
    {
        Name = "people",
        Population = 20_000,
        Fields =
        [
            FieldSchema.Create("given", FieldKind.Name, FieldRole.GivenName),
            FieldSchema.Create("family", FieldKind.Name, FieldRole.FamilyName),
            FieldSchema.Create("born", FieldKind.Date, FieldRole.BirthDate),
            FieldSchema.Create("number", FieldKind.Number),
        ],
        Passes =
        [
            new PassSchema { Name = "born", Key = ["D"] },
            new PassSchema { Name = "names", Key = ["F", "L"] },
        ],
    };

    public LinkageKey Key { get; } = LinkageKey.Generate("people");

    public string Root => _folder.Path;

    public DirectoryOptions Directories { get; }

    public string PathInOutput(string name) => Path.Join(Directories.Output, name);

    /// <summary>The names of all files in the output directory, hidden ones too.</summary>
    public IReadOnlyList<string> OutputNames() =>
        [.. Directory.EnumerateFiles(Directories.Output!).Select(path => Path.GetFileName(path)).Order()];

    /// <summary>The map of a file of plain source ids.</summary>
    public Dictionary<string, string> ReadMap(string name) => File.ReadLines(PathInOutput(name)).Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(cells => cells[0], cells => cells[1]);

    /// <summary>What a file that the party encodes here says of itself.</summary>
    public EncodingFacts Facts(string party = "health")
    {
        string path = Path.Join(_folder.Path, $"{Guid.NewGuid():N}.lke");
        using (RecordEncoder encoder = new(Schema, Key, party))
        using (EncodedFileWriter writer = EncodedFileWriter.Create(path, $"{path}.map", encoder))
        {
            writer.Add("one", Person(0));
            writer.Complete();
        }

        using EncodedFile file = EncodedFile.Open(path);
        return EncodedSummaries.FactsOf(file.Header);
    }

    /// <summary>Terms that fit the key and the schema.</summary>
    public Terms Terms()
    {
        EncodingFacts facts = Facts();
        return new Terms
        {
            EncodingFingerprint = facts.EncodingFingerprint,
            LinkageFingerprint = Schema.LinkageFingerprint,
            SchemaText = File.ReadAllText(Path.Join(Directories.Schemas, SchemaName)),
            KeyProject = facts.KeyProject,
            KeyId = facts.KeyId,
            Epoch = facts.Epoch,
            CheckValue = facts.CheckValue,
            Model = new ModelPolicy { Estimate = new EstimateModel() },
            OutputType = OutputType.OwnLinkIds,
        };
    }

    /// <summary>A project that every party has approved.</summary>
    public Project ApprovedProject()
    {
        Project project = new() { Id = "project", State = ProjectState.Approved, Terms = Terms() };
        project.Parties.Add(new ProjectParty { Party = "health", State = PartyState.Approved });
        project.Parties.Add(new ProjectParty { Party = "benefits", State = PartyState.Approved });
        return project;
    }

    /// <summary>The values of a person in schema order; born on a day that few others were.</summary>
    public static string[] Person(int number)
    {
        string[] syllables = ["ka", "lo", "mi", "ne", "ru", "sa", "to", "vi", "we", "zu"];
        string given = $"{syllables[number % 10]}{syllables[number / 10 % 10]}n";
        string family = $"{syllables[number / 3 % 10]}{syllables[number * 7 % 10]}{syllables[number / 20 % 10]}rt";
        DateOnly born = new DateOnly(1950, 1, 1).AddDays(number * 37 % 20_000);
        return
        [
            given, family, born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            (1000 + (number * 7919 % 9000)).ToString(CultureInfo.InvariantCulture),
        ];
    }

    /// <summary>
    /// Encodes ten people twice under one name, and leaves what a kill between the two renames of the second time
    /// leaves: its map beside the first file, whose summary is given.
    /// </summary>
    public async Task<EncodedFileSummary> EncodeHalfReplacedAsync(
        EncodingService.EncodingServiceClient client, EncodeStart start)
    {
        EncodedFileSummary first = await OwnerCalls.EncodeAsync(client, start, OwnerCalls.Records(0, 10));
        string path = PathInOutput(OwnerCalls.FileName);
        byte[] file = await File.ReadAllBytesAsync(path);
        await OwnerCalls.EncodeAsync(client, OwnerCalls.Start(), OwnerCalls.Records(0, 10));
        await File.WriteAllBytesAsync(path, file);
        return first;
    }

    public void Dispose()
    {
        Key.Dispose();
        _folder.Dispose();
    }

    private string Make(string name) => Directory.CreateDirectory(Path.Join(_folder.Path, name)).FullName;
}
