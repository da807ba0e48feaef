namespace Linkage.Sidecar.Storage;

/// <summary>Gives a written file its lasting name, or takes it back.</summary>
/// <remarks>
/// Names are random, so there is nothing to overwrite; the moves say that they may because only then the base library
/// renames in one step. Otherwise it links and unlinks, and a crash in between leaves the file under both names.
/// </remarks>
internal static class SegmentFiles
{
    /// <summary>Flushes a part file and renames it; both directories are flushed after.</summary>
    public static void Publish(string part, string path, StoreFolders folders)
    {
        const FileShare All = FileShare.ReadWrite | FileShare.Delete;
        using (FileStream file = new(part, FileMode.Open, FileAccess.ReadWrite, All))
        {
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
        FlushNames(folders);
    }

    /// <summary>After a row was refused: the file becomes a part again where one is wanted, else it goes.</summary>
    public static void Unpublish(string part, string path, StoreFolders folders, bool wanted)
    {
        if (!wanted)
        {
            File.Delete(path);
        }
        else if (File.Exists(path))
        {
            File.Move(path, part, overwrite: true);
        }

        FlushNames(folders);
    }

    private static void FlushNames(StoreFolders folders)
    {
        DirectorySync.Flush(folders.Segments);
        DirectorySync.Flush(folders.Uploads);
    }
}
