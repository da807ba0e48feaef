using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>The immutable files: which there are, and where to read them. Thread-safe.</summary>
internal sealed class SegmentStore
{
    private readonly StoreDatabase _database;
    private readonly StoreFolders _folders;
    private readonly StoreKeys _keys;

    public SegmentStore(StoreDatabase database, StoreFolders folders, StoreKeys keys)
    {
        _database = database;
        _folders = folders;
        _keys = keys;
    }

    /// <summary>The segment; null if there is none.</summary>
    public Segment? Find(string id) => _database.Read(connection => SegmentRows.Find(connection, id));

    /// <summary>The encoded files of a project, oldest first.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="party">Only those of this party; null for all.</param>
    public IReadOnlyList<Segment> ListEncodings(string projectId, string? party) =>
        _database.Read(connection => SegmentRows.Encodings(connection, projectId, party));

    /// <summary>The results of a run, by kind.</summary>
    public IReadOnlyList<Segment> ListResults(string runId) =>
        _database.Read(connection => SegmentRows.Results(connection, runId));

    /// <summary>The path of a segment's file, which is there and as long as it was, and may be encrypted.</summary>
    /// <exception cref="StoreDamagedException">The file is gone, or its length has changed.</exception>
    public string PathOf(Segment segment) =>
        Damage(segment) is { } damage ? throw new StoreDamagedException(damage) : Locate(segment);

    /// <summary>Opens a segment's file to be read as what it holds.</summary>
    /// <remarks>A file that is open while its segment is removed stays readable until it is closed.</remarks>
    /// <exception cref="StoreDamagedException">The file or its key is gone, or its length has changed.</exception>
    public StoredFile OpenRead(Segment segment) => WithFile(segment, Open);

    /// <summary>Opens the encoded file of a segment and verifies it; it stays readable when the segment goes.</summary>
    /// <exception cref="StoreDamagedException">The file or its key is gone, or its length has changed.</exception>
    public EncodedFile OpenEncoded(Segment segment) => WithFile(
        segment,
        found =>
        {
            using StoredFile file = Open(found);
            return file.OpenEncoded();
        });

    /// <summary>Reads the whole file and compares its checksum.</summary>
    /// <exception cref="StoreDamagedException">It is not what was stored.</exception>
    public async Task VerifyAsync(Segment segment, CancellationToken cancellation)
    {
        byte[] found = await Task.Run(
            () =>
            {
                using StoredFile file = OpenRead(segment);
                return file.ComputeChecksum(cancellation);
            },
            cancellation);
        if (!found.AsSpan().SequenceEqual(segment.Sha256.Span))
        {
            throw new StoreDamagedException($"{Path.GetFileName(Locate(segment))}: the file's content has changed");
        }
    }

    /// <summary>What is wrong with every segment's file at first sight, without reading any.</summary>
    public IReadOnlyList<string> FindDamage() =>
        [.. _database.Read(SegmentRows.All).Select(Damage).OfType<string>()];

    // The file may have been replaced since somebody looked the segment up.
    private T WithFile<T>(Segment segment, Func<Segment, T> open)
    {
        try
        {
            return open(segment);
        }
        catch (IOException) when (Find(segment.Id) is { } now && now.FileId != segment.FileId)
        {
            return open(now);
        }
    }

    private StoredFile Open(Segment segment)
    {
        string path = PathOf(segment);
        FileCipher? cipher = _database.Read(connection => _keys.Find(connection, segment.FileId));
        return cipher is not null || segment.SealedChunk is null
            ? new StoredFile(path, segment.Length, cipher)
            : throw new StoreDamagedException($"{Path.GetFileName(path)}: the key of the file is gone");
    }

    private string? Damage(Segment segment)
    {
        FileInfo file = new(Locate(segment));
        if (!file.Exists)
        {
            return $"{file.Name}: the file of a segment is gone";
        }

        return file.Length == segment.StoredLength
            ? null
            : $"{file.Name}: has {file.Length} bytes, {segment.StoredLength} were stored";
    }

    private string Locate(Segment segment) => _folders.Segment(segment.FileId, segment.Kind);
}
