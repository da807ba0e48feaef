using System.Text.Json;
using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>Makes a store of a backup.</summary>
internal static class StoreRestore
{
    /// <summary>Verifies a backup and copies it to a directory that is new or empty, and stays so on failure.</summary>
    /// <exception cref="IOException">The directory is not empty or cannot be written.</exception>
    /// <exception cref="StoreDamagedException">The backup is not complete, or not what was written.</exception>
    /// <param name="backup">What a backup wrote.</param>
    /// <param name="directory">Where the store will be.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <param name="note">Notes it in the copy, given its directory and database, before anybody sees it.</param>
    public static async Task RunAsync(
        string backup,
        string directory,
        CancellationToken cancellation,
        Action<string, StoreDatabase>? note = null)
    {
        if (!HoldsAKeyAlone(new StoreFolders(directory)))
        {
            StoreBackup.RequireUnused(directory);
        }

        BackupManifest manifest = ReadManifest(backup);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        StoreFolders draft = new($"{full}.{StoreIds.Create()}.restoring");
        bool whole = false;
        try
        {
            draft.CreateAll();
            foreach (BackupFile file in manifest.Files)
            {
                await CopyAsync(backup, draft, file, cancellation);
            }

            CheckDatabase(draft, note);
            Array.ForEach(
                [draft.Segments, draft.Uploads, draft.Certificates, draft.Audit.Root, draft.Root],
                DirectorySync.Flush);
            MakeRoom(new StoreFolders(full));
            Directory.Move(draft.Root, full);
            DirectorySync.Flush(Path.GetDirectoryName(full)!);
            whole = true;
        }
        finally
        {
            if (!whole && Directory.Exists(draft.Root))
            {
                Directory.Delete(draft.Root, recursive: true);
            }
        }
    }

    // What an installation begins with: a key of the audit log that has signed nothing yet.
    private static bool HoldsAKeyAlone(StoreFolders there) =>
        Directory.Exists(there.Audit.Root)
        && Directory.EnumerateFileSystemEntries(there.Root).All(path => path == there.Audit.Root)
        && Directory.EnumerateFileSystemEntries(there.Audit.Root)
            .All(path => path == there.Audit.Key || path == there.Audit.PublicKey);

    private static void MakeRoom(StoreFolders there)
    {
        if (Directory.Exists(there.Audit.Root) && HoldsAKeyAlone(there))
        {
            File.Delete(there.Audit.Key);
            File.Delete(there.Audit.PublicKey);
            Directory.Delete(there.Audit.Root);
        }

        if (Directory.Exists(there.Root))
        {
            Directory.Delete(there.Root); // empty, or this fails
        }
    }

    private static BackupManifest ReadManifest(string backup)
    {
        string path = Path.Join(backup, BackupManifest.FileName);
        if (!File.Exists(path))
        {
            throw new StoreDamagedException($"{backup}: has no {BackupManifest.FileName}; it is no complete backup");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            BackupManifest? manifest = JsonSerializer.Deserialize(file, StorageJson.Default.BackupManifest);
            return manifest is { Format: BackupManifest.CurrentFormat } && !manifest.Files.Contains(null)
                ? manifest
                : throw new StoreDamagedException($"{path}: is not a manifest of {BackupManifest.CurrentFormat}");
        }
        catch (JsonException wrong)
        {
            throw new StoreDamagedException($"{path}: is not a manifest", wrong);
        }
    }

    private static async Task CopyAsync(
        string backup, StoreFolders draft, BackupFile file, CancellationToken cancellation)
    {
        string target = TargetOf(draft, file.Path);
        string source = Path.Join(backup, file.Path);
        if (!File.Exists(source))
        {
            throw new StoreDamagedException($"{source}: the file is gone");
        }

        await using FileStream stream = new(source, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        (long length, byte[] checksum) = await CheckedCopy.ToFileAsync(stream, target, cancellation);
        if (length != file.Length || Convert.ToHexStringLower(checksum) != file.Sha256)
        {
            throw new StoreDamagedException($"{source}: the file's content has changed");
        }
    }

    // Only the paths a backup has: a manifest from elsewhere must not write outside.
    private static string TargetOf(StoreFolders draft, string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string[] allowed =
        [
            draft.Database,
            draft.Part(name),
            draft.Segment(name, SegmentKind.Encoding),
            draft.Segment(name, SegmentKind.RunFacts),
            draft.Certificate(name),
        ];
        string target = Path.Join(draft.Root, path);
        return Array.IndexOf(allowed, target) == 0
            || (StoreIds.IsId(name) && allowed.Contains(target))
            || draft.Audit.IsFile(target)
            ? target
            : throw new StoreDamagedException($"{path}: is not a file of a backup");
    }

    private static void CheckDatabase(StoreFolders draft, Action<string, StoreDatabase>? note)
    {
        if (!File.Exists(draft.Database))
        {
            throw new StoreDamagedException("The backup has no database.");
        }

        using StoreDatabase database = StoreDatabase.Open(draft.Database);
        database.RequireSound();
        SegmentStore segments = new(database, draft, StoreKeys.None);
        if (segments.FindDamage() is [string damage, ..])
        {
            throw new StoreDamagedException(damage);
        }

        note?.Invoke(draft.Root, database);
    }
}
