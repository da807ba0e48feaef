namespace Linkage.Sidecar.Storage;

/// <summary>Brings the files in line with the database after a crash, before anyone uses them.</summary>
/// <remarks>
/// A file without a row was never acknowledged and goes. The one exception is a segment that got its name but not yet
/// its row: its bytes were acknowledged as an upload, so it becomes a part file again.
/// </remarks>
internal sealed class StoreRecovery
{
    private readonly StoreDatabase _database;
    private readonly StoreFolders _folders;

    public StoreRecovery(StoreDatabase database, StoreFolders folders)
    {
        _database = database;
        _folders = folders;
    }

    /// <summary>Takes back what was half done.</summary>
    public Task RunAsync() => Task.Run(() =>
    {
        HashSet<string> receiving = [.. _database.Read(UploadRows.Receiving).Select(upload => upload.Id)];
        HashSet<string> files =
        [
            .. _database.Read(SegmentRows.All).Select(segment => segment.FileId),
            .. _database.Read(RemovalRows.Doomed).Select(segment => segment.FileId),
            .. _database.Read(RemovalRows.Replaced).Select(file => file.FileId),
        ];
        foreach (SegmentKind kind in (SegmentKind[])[SegmentKind.Encoding, SegmentKind.RunFacts])
        {
            foreach (string id in _folders.SegmentIds(kind).Where(id => !files.Contains(id)))
            {
                TakeBack(_folders.Segment(id, kind), receiving.Contains(id) ? _folders.Part(id) : null);
            }
        }

        foreach (string id in _folders.PartIds().Where(id => !receiving.Contains(id)))
        {
            File.Delete(_folders.Part(id));
        }

        DirectorySync.Flush(_folders.Segments);
        DirectorySync.Flush(_folders.Uploads);
    });

    private static void TakeBack(string path, string? part)
    {
        if (part is null)
        {
            File.Delete(path);
        }
        else
        {
            File.Move(path, part, overwrite: true); // in one step, see SegmentFiles
        }
    }
}
