using System.Globalization;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Audit;

/// <summary>Where the log keeps what: segments named by the number of their first entry, head and keys.</summary>
internal sealed class AuditFolder
{
    /// <summary>The folder's name in the data directory.</summary>
    public const string Name = "audit";

    private const string SegmentExtension = ".jsonl";
    private const int SegmentDigits = 19; // as many as the largest number has, so that names sort like numbers

    public AuditFolder(string root)
    {
        Root = Path.GetFullPath(root);
        Head = Path.Join(Root, "head.json");
        Key = Path.Join(Root, "audit.key");
        PublicKey = Path.Join(Root, "audit.pub");
    }

    public string Root { get; }

    /// <summary>The newest signed head.</summary>
    public string Head { get; }

    /// <summary>The private key.</summary>
    public string Key { get; }

    /// <summary>The public key.</summary>
    public string PublicKey { get; }

    /// <summary>The log of a data directory.</summary>
    public static AuditFolder InData(string data) => new(Path.Join(data, Name));

    /// <summary>The file whose first entry has a number.</summary>
    public string Segment(long first) => Path.Join(
        Root, first.ToString(CultureInfo.InvariantCulture).PadLeft(SegmentDigits, '0') + SegmentExtension);

    /// <summary>The numbers of the first entries of the segments there are, rising.</summary>
    public IReadOnlyList<long> FirstNumbers() => !Directory.Exists(Root)
        ? []
        : [.. Directory.EnumerateFiles(Root, "*" + SegmentExtension)
            .Select(path => FirstOf(Path.GetFileName(path)))
            .OfType<long>()
            .Order()];

    /// <summary>The files there are; the head before the segments, so that a copy's entries reach it.</summary>
    public IEnumerable<string> Files() =>
        ((string[])[Head, Key, PublicKey, .. FirstNumbers().Select(Segment)]).Where(File.Exists);

    /// <summary>Whether a path is one that a file of a log has.</summary>
    public bool IsFile(string path) =>
        path == Head || path == Key || path == PublicKey
        || (FirstOf(Path.GetFileName(path)) is { } first && path == Segment(first));

    /// <summary>The head there is.</summary>
    /// <returns>Null if there is none, or the file holds none.</returns>
    public AuditHead? ReadHead()
    {
        if (!File.Exists(Head))
        {
            return null;
        }

        using FileStream file = new(Head, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] text = new byte[AuditHead.LongestFile + 1];
        int length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return AuditHead.Read(text.AsSpan(0, length));
    }

    /// <summary>Puts a head in the place of the one before, so that one of the two is always there.</summary>
    /// <param name="head">The head.</param>
    /// <param name="isDurable">Whether to wait for the disk; a crash of the process alone loses nothing.</param>
    public void WriteHead(AuditHead head, bool isDurable)
    {
        string draft = Head + ".draft";
        using (FileStream file = StoreFolders.CreateFile(draft, FileMode.Create, FileShare.None))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(head.ToText()));
            file.Flush(flushToDisk: isDurable);
        }

        File.Move(draft, Head, overwrite: true);
        if (isDurable)
        {
            DirectorySync.Flush(Root);
        }
    }

    private static long? FirstOf(string name) =>
        name.Length == SegmentDigits + SegmentExtension.Length
        && name.EndsWith(SegmentExtension, StringComparison.Ordinal)
        && long.TryParse(
            name.AsSpan(0, SegmentDigits), NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            ? first
            : null;
}
