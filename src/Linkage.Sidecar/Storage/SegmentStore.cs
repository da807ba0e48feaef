namespace Linkage.Sidecar.Storage;

/// <summary>The immutable files: which there are, and where to read them. Thread-safe.</summary>
internal sealed class SegmentStore
{
    private readonly StoreDatabase _database;
    private readonly StoreFolders _folders;

    public SegmentStore(StoreDatabase database, StoreFolders folders)
    {
        _database = database;
        _folders = folders;
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

    /// <summary>The path of a segment's file, which is there and as long as it was.</summary>
    /// <remarks>A file that is open while its segment is removed stays readable until it is closed.</remarks>
    /// <exception cref="StoreDamagedException">The file is gone, or its length has changed.</exception>
    public string PathOf(Segment segment) =>
        Damage(segment) is { } damage ? throw new StoreDamagedException(damage) : Locate(segment);

    /// <summary>Opens a segment's file to be read.</summary>
    /// <exception cref="StoreDamagedException">The file is gone, or its length has changed.</exception>
    public FileStream OpenRead(Segment segment) => new(
        PathOf(segment), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, useAsync: true);

    /// <summary>Reads the whole file and compares its checksum.</summary>
    /// <exception cref="StoreDamagedException">It is not what was stored.</exception>
    public async Task VerifyAsync(Segment segment, CancellationToken cancellation)
    {
        byte[] found = await FileChecksum.ComputeAsync(PathOf(segment), cancellation);
        if (!found.AsSpan().SequenceEqual(segment.Sha256.Span))
        {
            throw new StoreDamagedException($"{Path.GetFileName(Locate(segment))}: the file's content has changed");
        }
    }

    /// <summary>What is wrong with every segment's file at first sight, without reading any.</summary>
    public IReadOnlyList<string> FindDamage() =>
        [.. _database.Read(SegmentRows.All).Select(Damage).OfType<string>()];

    private string? Damage(Segment segment)
    {
        FileInfo file = new(Locate(segment));
        if (!file.Exists)
        {
            return $"{file.Name}: the file of a segment is gone";
        }

        return file.Length == segment.Length
            ? null
            : $"{file.Name}: has {file.Length} bytes, {segment.Length} were stored";
    }

    private string Locate(Segment segment) => _folders.Segment(segment.Id, segment.Kind);
}
