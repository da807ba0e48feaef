using Linkage.Sidecar.Audit;

namespace Linkage.Sidecar.Storage;

/// <summary>Where the store keeps what. Directories are mode 0700, files 0600.</summary>
internal sealed class StoreFolders
{
    private const string DatabaseName = "store.db";
    private const string LockName = "store.lock";
    private const string UploadsName = "uploads";
    private const string SegmentsName = "segments";
    private const string PartExtension = ".part";
    private const string EncodingExtension = ".lke";
    private const string ResultExtension = ".result";

    public StoreFolders(string root)
    {
        Root = Path.GetFullPath(root);
        Uploads = Path.Join(Root, UploadsName);
        Segments = Path.Join(Root, SegmentsName);
        Audit = new AuditFolder(Path.Join(Root, AuditFolder.Name));
        Database = Path.Join(Root, DatabaseName);
        Lock = Path.Join(Root, LockName);
    }

    public string Root { get; }

    public string Uploads { get; }

    public string Segments { get; }

    public AuditFolder Audit { get; }

    public string Database { get; }

    public string Lock { get; }

    /// <summary>The file an upload or a result is written to before it is a segment.</summary>
    public string Part(string id) => Path.Join(Uploads, id + PartExtension);

    /// <summary>The file of a segment.</summary>
    public string Segment(string id, SegmentKind kind) =>
        Path.Join(Segments, id + (kind == SegmentKind.Encoding ? EncodingExtension : ResultExtension));

    /// <summary>Makes a directory, and its modes right if it is there already.</summary>
    public static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, FileRules.OwnerDirectory);
        File.SetUnixFileMode(directory, FileRules.OwnerDirectory);
    }

    /// <summary>Begins a file that only its owner may read.</summary>
    public static FileStream CreateFile(string path, FileMode mode, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileRules.OwnerFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>Makes all directories of the store.</summary>
    public void CreateAll()
    {
        CreatePrivate(Root);
        CreatePrivate(Uploads);
        CreatePrivate(Segments);
        CreatePrivate(Audit.Root);
    }

    /// <summary>The ids of the part files there are; files the store did not name are left alone.</summary>
    public IEnumerable<string> PartIds() => Ids(Uploads, PartExtension);

    /// <summary>The ids of the segment files there are, of encodings or of results.</summary>
    public IEnumerable<string> SegmentIds(SegmentKind kind) =>
        Ids(Segments, kind == SegmentKind.Encoding ? EncodingExtension : ResultExtension);

    private static List<string> Ids(string directory, string extension) =>
        [.. Directory.EnumerateFiles(directory, "*" + extension)
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Where(name => StoreIds.IsId(name))
            .Order(StringComparer.Ordinal)];
}
