using System.Buffers;
using System.Security.Cryptography;
using Google.Protobuf;
using Linkage.Bloom;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>What an encoding is to be done with, checked.</summary>
internal sealed class EncodeOrder
{
    private const int ShortestKey = 16;
    private const int LongestKey = 64;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private readonly OwnerFiles _files;
    private readonly EncodeStart _start;
    private readonly LinkageSchema _schema;
    private readonly ColumnsDocument? _columns;

    private EncodeOrder(OwnerFiles files, EncodeStart start)
    {
        _files = files;
        _start = start;
        (_schema, _) = OwnerMaterial.ReadSchema(files.Schema(start.Schema, "start.schema"));
        _columns = start.Columns.Length == 0
            ? null
            : ColumnsDocument.Load(files.Columns(start.Columns, "start.columns"));
        Layout = RecordLayout.Create(_schema, _columns, start.ValueNames);
        FileName = start.Destination.FileName;
        FilePath = files.NewEncoded(FileName, "start.destination.file_name");
        MapName = OwnerFiles.MapOf(FileName);
        MapPath = Path.Join(files.Output, MapName);
        Digest = SHA256.HashData(start.ToByteArray());
    }

    /// <summary>How records are read.</summary>
    public RecordLayout Layout { get; }

    /// <summary>The client's name for this work.</summary>
    public string IdempotencyKey => _start.IdempotencyKey;

    /// <summary>SHA-256 of the whole order.</summary>
    public byte[] Digest { get; }

    /// <summary>The name of the encoded file.</summary>
    public string FileName { get; }

    /// <summary>Where the encoded file goes.</summary>
    public string FilePath { get; }

    /// <summary>The name of the map.</summary>
    public string MapName { get; }

    /// <summary>Where the map goes.</summary>
    public string MapPath { get; }

    /// <summary>Where the file is sent; null if it stays.</summary>
    public UnitTarget? Unit => _start.Destination.Unit;

    /// <summary>Whether the file stays after it was sent.</summary>
    public bool KeepsFile => Unit is null || _start.Destination.KeepFile;

    /// <summary>Checks an order.</summary>
    /// <exception cref="Grpc.Core.RpcException">A field is wrong, or a file it names cannot be used.</exception>
    public static EncodeOrder Create(EncodeStart? start, OwnerFiles files)
    {
        if (start is null)
        {
            throw OwnerError.BadField("start", "must be the first message");
        }

        CheckIdempotencyKey(start.IdempotencyKey, "start.idempotency_key");
        if (start.Destination is null)
        {
            throw OwnerError.BadField("start.destination", "is missing");
        }

        if (!IsPartyName(start.Party))
        {
            throw OwnerError.BadField("start.party", "must be 1 to 64 letters, digits, '_' or '-'");
        }

        return new EncodeOrder(files, start);
    }

    /// <summary>Checks a client's name for a piece of work.</summary>
    public static void CheckIdempotencyKey(string key, string field)
    {
        if (key.Length is < ShortestKey or > LongestKey || key.AsSpan().ContainsAnyExcept(KeyCharacters))
        {
            throw OwnerError.BadField(field, "must be 16 to 64 letters, digits, '-' or '_'");
        }
    }

    /// <summary>Opens the key and makes an encoder; the caller disposes it.</summary>
    public RecordEncoder CreateEncoder()
    {
        using LinkageKey key = OwnerMaterial.ReadKey(_files.Key(_start.Key, "start.key"));
        return new RecordEncoder(_schema, key, _start.Party, _columns?.DateOrder ?? default);
    }

    /// <summary>What the file will say of key, schema and owner, but the check value, which is not known yet.</summary>
    public EncodingFacts ReadFacts()
    {
        using LinkageKey key = OwnerMaterial.ReadKey(_files.Key(_start.Key, "start.key"));
        return new EncodingFacts
        {
            KeyProject = key.Project,
            KeyId = key.KeyId,
            Epoch = key.Epoch,
            EncodingFingerprint = _schema.EncodingFingerprint,
            Party = _start.Party,
        };
    }

    private static bool IsPartyName(string name) =>
        name.Length is > 0 and <= 64 && !name.AsSpan().ContainsAnyExcept(KeyCharacters);
}
