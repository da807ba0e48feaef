using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.Sidecar.Tests.Support;
using Linkage.Synthetic;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Exchange.Support;

/// <summary>Encoded files of made-up people, under one key and one schema.</summary>
public sealed class EncodedPeople : IDisposable
{
    public const string KeyProject = "tests";

    private const int PeoplePerParty = 80;

    private readonly TemporaryFolder _folder = new();
    private readonly string _schemaText;

    public EncodedPeople()
    {
        string schemaPath = Path.Join(FindRoot(), "samples", "schemas", "us-people.schema.json");
        _schemaText = File.ReadAllText(schemaPath);
        LinkageSchema schema = LinkageSchema.Load(schemaPath);
        using LinkageKey key = LinkageKey.Generate(KeyProject);
        PeopleGenerator generator = new(
            new PeopleOptions { PeoplePerAgency = PeoplePerParty, Agencies = Parties.Count, Seed = 11 });
        for (int party = 0; party < Parties.Count; party++)
        {
            Encode(schema, key, Parties[party], generator.Records(party));
        }
    }

    public static IReadOnlyList<string> Parties { get; } = ["health", "benefits", "schools"];

    public byte[] BytesOf(string party) => File.ReadAllBytes(PathOf(party));

    public void Dispose() => _folder.Dispose();

    internal EncodingFacts FactsOf(string party)
    {
        using EncodedFile file = EncodedFile.Open(PathOf(party));
        return UploadViews.FactsOf(file.Header);
    }

    internal Terms Terms()
    {
        EncodingFacts facts = FactsOf(Parties[0]);
        return new Terms
        {
            EncodingFingerprint = facts.EncodingFingerprint,
            LinkageFingerprint = LinkageSchema.Parse(Encoding.UTF8.GetBytes(_schemaText)).LinkageFingerprint,
            SchemaText = _schemaText,
            KeyProject = facts.KeyProject,
            KeyId = facts.KeyId,
            Epoch = facts.Epoch,
            CheckValue = facts.CheckValue,
            Model = new ModelPolicy { Estimate = new EstimateModel() },
            OutputType = V1.OutputType.OwnLinkIds,
        };
    }

    /// <summary>The announcement of a party's file.</summary>
    internal BeginUploadRequest Announce(string party, string projectId, string key)
    {
        byte[] bytes = BytesOf(party);
        return new BeginUploadRequest
        {
            IdempotencyKey = key,
            ProjectId = projectId,
            Size = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            ChunkSize = 65_536,
            Facts = FactsOf(party),
        };
    }

    /// <summary>The chunks of a file, with CRC-32C and SHA-256 in turn.</summary>
    internal static UploadChunkRequest[] Chunks(string uploadId, byte[] file, int size = 65_536) =>
    [
        .. Enumerable.Range(0, (file.Length + size - 1) / size).Select(chunk =>
        {
            ReadOnlySpan<byte> data = file.AsSpan(chunk * size, Math.Min(size, file.Length - (chunk * size)));
            UploadChunkRequest request = new()
            {
                UploadId = chunk == 0 ? uploadId : string.Empty,
                Offset = chunk * (long)size,
                Data = ByteString.CopyFrom(data),
            };
            if (chunk % 2 == 0)
            {
                request.Crc32C = ChunkChecksum.Crc32C(data);
            }
            else
            {
                request.Sha256 = ByteString.CopyFrom(SHA256.HashData(data));
            }

            return request;
        }),
    ];

    private string PathOf(string party) => Path.Join(_folder.Path, $"{party}.lke");

    private void Encode(LinkageSchema schema, LinkageKey key, string party, IEnumerable<SyntheticRecord> records)
    {
        List<string> names = [.. SyntheticRecord.ColumnNames];
        int[] columns = [.. schema.Fields.Select(field => names.IndexOf(field.Name))];
        using RecordEncoder encoder = new(schema, key, party);
        using EncodedFileWriter writer = EncodedFileWriter.Create(PathOf(party), $"{PathOf(party)}.map", encoder);
        foreach ((int row, SyntheticRecord record) in records.Index())
        {
            writer.Add($"{row}", [.. columns.Select(record.GetCell)]);
        }

        writer.Complete();
    }

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
