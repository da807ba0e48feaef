using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;
using Linkage.Synthetic;

namespace Linkage.Sidecar.Tests.Services.Runs.Support;

/// <summary>Encoded files of made-up people of three parties, none of whom lists a person twice; made once.</summary>
public sealed class RunPeople : IDisposable
{
    private const int PeoplePerParty = 300;

    private const string KeyText = """
        {
          "format": "linkage-key/1",
          "project": "tests",
          "keyId": "00112233aabbccdd",
          "epoch": 1,
          "root": "5d1e7a90c3b24f6886fd0a4b1c9e2d73a8f5604e7b3d92c1e0f4a6b85c7d1392"
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly LinkageSchema _schema;
    private readonly string _schemaText;
    private readonly string _keyPath;
    private readonly Dictionary<string, IReadOnlyList<SyntheticRecord>> _people = [];

    public RunPeople()
        : this(PeoplePerParty)
    {
    }

    internal RunPeople(int peoplePerParty)
    {
        string schemaPath = Path.Join(FindRoot(), "samples", "schemas", "us-people.schema.json");
        _schema = LinkageSchema.Load(schemaPath);
        _schemaText = File.ReadAllText(schemaPath);
        _keyPath = Path.Join(_folder.Path, "project.key");
        File.WriteAllText(_keyPath, KeyText);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_keyPath, FileRules.OwnerFile);
        }

        using var key = LinkageKey.Load(_keyPath);
        PeopleGenerator generator = new(
            new PeopleOptions { PeoplePerAgency = peoplePerParty, Agencies = Parties.Count, Seed = 5 });
        for (int party = 0; party < Parties.Count; party++)
        {
            _people[Parties[party]] =
                [.. generator.Records(party).DistinctBy(record => record.TruthPersonId)];
            Encode(key, PathOf(Parties[party]), Parties[party], _people[Parties[party]]);
        }
    }

    public static IReadOnlyList<string> Parties { get; } = ["health", "benefits", "schools"];

    /// <summary>The people of a party, in the order in which they were encoded.</summary>
    internal IReadOnlyList<SyntheticRecord> PeopleOf(string party) => _people[party];

    /// <summary>The handles of a party's records, in the order in which they were encoded.</summary>
    internal IReadOnlyList<string> EncodedHandlesOf(string party) =>
    [
        .. File.ReadLines($"{PathOf(party)}.map").Skip(1).Select(line => line.Split(','))
            .OrderBy(cells => int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture))
            .Select(cells => cells[0]),
    ];

    /// <summary>Encodes records anew, in memory.</summary>
    internal (byte[] Content, IReadOnlyList<string> Handles) Encode(
        string party, params IEnumerable<SyntheticRecord> records)
    {
        using var key = LinkageKey.Load(_keyPath);
        using RecordEncoder encoder = new(_schema, key, party);
        using EncodedMessageWriter writer = new(encoder);
        foreach (SyntheticRecord record in records)
        {
            writer.Add([.. Columns().Select(record.GetCell)]);
        }

        return writer.Complete();
    }

    /// <summary>The file of a party.</summary>
    public string PathOf(string party) => Path.Join(_folder.Path, $"{party}.lke");

    /// <summary>The handles of a party's records, in order.</summary>
    public IReadOnlyList<string> HandlesOf(string party)
    {
        using var file = EncodedFile.Open(PathOf(party));
        return
        [
            .. Enumerable.Range(0, file.Merge.RecordCount)
                .Select(record => Convert.ToHexStringLower(file.Merge.Handle(record))),
        ];
    }

    /// <summary>What the linker makes of the files by itself.</summary>
    public LinkResult Link(LinkerOptions options)
    {
        EncodedFile[] files = [.. Parties.Select(party => EncodedFile.Open(PathOf(party)))];
        try
        {
            return Linker.Link(files, options);
        }
        finally
        {
            Array.ForEach(files, file => file.Dispose());
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Terms that fit the files.</summary>
    internal ProjectTerms Terms(OutputType output)
    {
        using var file = EncodedFile.Open(PathOf(Parties[0]));
        return new ProjectTerms
        {
            EncodingFingerprint = file.Header.Schema.EncodingFingerprint,
            LinkageFingerprint = _schema.LinkageFingerprint,
            KeyProject = file.Header.Project,
            KeyId = file.Header.KeyId,
            Epoch = file.Header.Epoch,
            CheckValue = file.Header.CheckValue,
            SchemaText = _schemaText,
            Output = output,
        };
    }

    private void Encode(LinkageKey key, string path, string party, IEnumerable<SyntheticRecord> records)
    {
        int[] columns = Columns();
        using RecordEncoder encoder = new(_schema, key, party);
        using EncodedFileWriter writer = EncodedFileWriter.Create(path, $"{path}.map", encoder);
        foreach ((int row, SyntheticRecord record) in records.Index())
        {
            writer.Add($"{row}", [.. columns.Select(record.GetCell)]);
        }

        writer.Complete();
    }

    private int[] Columns() =>
        [.. _schema.Fields.Select(field => SyntheticRecord.ColumnNames.ToList().IndexOf(field.Name))];

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Join(folder.FullName, "Linkage.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No folder above the tests holds Linkage.sln.");
    }
}
