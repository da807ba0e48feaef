using System.Text.Json;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>Copies the store while it is in use. Thread-safe.</summary>
/// <remarks>
/// First a snapshot of the database, then the files its rows name. Those never change: the file of a segment is at most
/// replaced by another, and acknowledged bytes of an upload are never written again; so only removals have to wait for
/// the copy. Segments are checked while they are copied. They are copied rather than linked, since damage to a block
/// would reach a link too.
/// </remarks>
internal sealed class StoreBackup
{
    private readonly StoreDatabase _database;
    private readonly StoreFolders _folders;
    private readonly StoreKeys _keys;
    private readonly StoreRemoval _removal;
    private readonly TimeProvider _time;

    public StoreBackup(
        StoreDatabase database, StoreFolders folders, StoreKeys keys, StoreRemoval removal, TimeProvider time)
    {
        _keys = keys;
        _database = database;
        _folders = folders;
        _removal = removal;
        _time = time;
    }

    /// <summary>Writes a backup to a folder that is new or empty; if that fails, nothing stays in it.</summary>
    /// <exception cref="IOException">The folder is not empty or cannot be written.</exception>
    /// <exception cref="StoreDamagedException">A segment is not what was stored; there is no backup then.</exception>
    public async Task<BackupManifest> WriteAsync(string directory, CancellationToken cancellation)
    {
        RequireUnused(directory);
        StoreFolders target = new(directory);
        try
        {
            return await FillAsync(target, cancellation);
        }
        catch
        {
            // Half a backup has no use, and would keep the next one out of the folder.
            Empty(target.Root);
            throw;
        }
    }

    private async Task<BackupManifest> FillAsync(StoreFolders target, CancellationToken cancellation)
    {
        target.CreateAll();
        BackupManifest manifest = new(BackupManifest.CurrentFormat, _time.GetUtcNow(), []);
        await _removal.WithoutRemovalAsync(
            async () => manifest = manifest with { Files = await CopyAsync(target, cancellation) }, cancellation);
        Array.ForEach(
            [target.Segments, target.Uploads, target.Certificates, target.Audit.Root], DirectorySync.Flush);
        using (AtomicFile file = AtomicFile.Create(
            Path.Join(target.Root, BackupManifest.FileName), ownerOnly: true, replace: false))
        {
            JsonSerializer.Serialize(file.Stream, manifest, StorageJson.Default.BackupManifest);
            file.Commit();
        }

        DirectorySync.Flush(target.Root);
        return manifest;
    }

    /// <summary>Refuses a folder that has something in it.</summary>
    /// <exception cref="IOException">It has.</exception>
    internal static void RequireUnused(string directory)
    {
        bool used = Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any();
        if (used || File.Exists(directory))
        {
            throw new IOException($"{directory}: is there already and not an empty directory; nothing is overwritten");
        }
    }

    private static void Empty(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (FileSystemInfo entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private async Task<List<BackupFile>> CopyAsync(StoreFolders target, CancellationToken cancellation)
    {
        await Task.Run(() => _database.CopyTo(target.Database), cancellation);
        List<Segment> segments;
        List<Upload> uploads;
        using (StoreDatabase snapshot = StoreDatabase.Open(target.Database))
        {
            segments = snapshot.Read(SegmentRows.All);
            uploads = snapshot.Read(UploadRows.Receiving);
        }

        List<BackupFile> files = [];
        foreach (Segment segment in segments)
        {
            files.Add(await CopySegmentAsync(target, segment, cancellation));
        }

        foreach (Upload upload in uploads)
        {
            files.Add(await CopyPartAsync(target, upload, cancellation));
        }

        // After the database: what it does not owe a certificate for any more has one.
        foreach (string id in _folders.CertificateIds())
        {
            files.Add(await CopyPlainAsync(
                target, _folders.Certificate(id), target.Certificate(id), cancellation));
        }

        // After the database, which knows how far the log was: a log that is behind it could not be continued.
        foreach (string path in _folders.Audit.Files())
        {
            string copy = Path.Join(target.Audit.Root, Path.GetFileName(path));
            files.Add(await CopyPlainAsync(target, path, copy, cancellation));
        }

        byte[] checksum = await FileChecksum.ComputeAsync(target.Database, cancellation);
        files.Add(Entry(target, target.Database, new FileInfo(target.Database).Length, checksum));
        return files;
    }

    private async Task<BackupFile> CopySegmentAsync(
        StoreFolders target, Segment segment, CancellationToken cancellation)
    {
        SegmentStore segments = new(_database, _folders, _keys);
        string path = target.Segment(segment.FileId, segment.Kind);
        await using FileStream source = new(
            segments.PathOf(segment), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, true);
        (long length, byte[] checksum) = await CheckedCopy.ToFileAsync(source, path, cancellation);
        byte[] found = segment.SealedChunk is null
            ? checksum
            : await Task.Run(() => ChecksumOfContent(segment, path, cancellation), cancellation);
        return found.AsSpan().SequenceEqual(segment.Sha256.Span)
            ? Entry(target, path, length, checksum)
            : throw new StoreDamagedException($"{Path.GetFileName(path)}: the file's content has changed");
    }

    // An encrypted file is copied as it is, and what was stored is the checksum of what it holds.
    private byte[] ChecksumOfContent(Segment segment, string path, CancellationToken cancellation)
    {
        FileCipher? cipher = _database.Read(connection => _keys.Find(connection, segment.FileId));
        using StoredFile copy = new(path, segment.Length, cipher);
        return copy.ComputeChecksum(cancellation);
    }

    private async Task<BackupFile> CopyPartAsync(StoreFolders target, Upload upload, CancellationToken cancellation)
    {
        await using FileStream source = OpenPart(upload.Id);
        string path = target.Part(upload.Id);
        (long length, byte[] checksum) = await CheckedCopy.ToFileAsync(source, path, cancellation);
        return Entry(target, path, length, checksum);
    }

    private static async Task<BackupFile> CopyPlainAsync(
        StoreFolders target, string path, string copy, CancellationToken cancellation)
    {
        await using FileStream source = new(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
        (long length, byte[] checksum) = await CheckedCopy.ToFileAsync(source, copy, cancellation);
        return Entry(target, copy, length, checksum);
    }

    private FileStream OpenPart(string id)
    {
        const FileShare All = FileShare.ReadWrite | FileShare.Delete;
        try
        {
            return new FileStream(_folders.Part(id), FileMode.Open, FileAccess.Read, All, 1, useAsync: true);
        }
        catch (FileNotFoundException)
        {
            // Completed since the snapshot: the same bytes under the segment's name.
            string segment = _folders.Segment(id, SegmentKind.Encoding);
            return new FileStream(segment, FileMode.Open, FileAccess.Read, All, 1, useAsync: true);
        }
    }

    private static BackupFile Entry(StoreFolders target, string path, long length, byte[] checksum) => new(
        Path.GetRelativePath(target.Root, path).Replace('\\', '/'), length, Convert.ToHexStringLower(checksum));
}
