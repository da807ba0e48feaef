namespace Linkage.Sidecar.Storage;

/// <summary>Gives a written file its lasting name, or takes it back.</summary>
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

        File.Move(part, path, overwrite: false);
        FlushNames(folders);
    }

    /// <summary>After a row was refused: the file becomes a part again where one is wanted, else it goes.</summary>
    public static void Unpublish(string part, string path, StoreFolders folders, bool wanted)
    {
        if (wanted)
        {
            File.Move(path, part, overwrite: false);
        }
        else
        {
            File.Delete(path);
        }

        FlushNames(folders);
    }

    private static void FlushNames(StoreFolders folders)
    {
        DirectorySync.Flush(folders.Segments);
        DirectorySync.Flush(folders.Uploads);
    }
}
