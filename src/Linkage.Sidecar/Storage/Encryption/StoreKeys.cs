using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>The keys of a store: a master key outside, a data key a project, a key a file. Thread-safe.</summary>
/// <remarks>
/// Master wraps project wraps file, so that one file can be erased by forgetting 60 bytes, and a project by
/// forgetting 60 others. No unwrapped key is kept: it lives as long as what is done with it. Takes part in the caller's
/// transactions, so that a file never has a row without its key or a key without its row.
/// </remarks>
internal sealed class StoreKeys : IDisposable
{
    private const string NoMasterKey = "The store is encrypted, and no master key is configured (store.keyFile).";

    private readonly MasterKey? _master;

    /// <summary>Takes a master key over.</summary>
    /// <param name="master">The key; null if the store has none.</param>
    /// <param name="seals">False to leave new files as they are; encrypted ones stay readable.</param>
    public StoreKeys(MasterKey? master, bool seals)
    {
        _master = master;
        Seals = seals && master is not null;
    }

    /// <summary>Neither key nor encryption.</summary>
    public static StoreKeys None { get; } = new(master: null, seals: false);

    /// <summary>Whether new files are encrypted.</summary>
    public bool Seals { get; }

    /// <summary>Reads the master key; makes one where none is and the store has never had one.</summary>
    /// <exception cref="StoreDamagedException">
    /// The file is no key file, or the store is encrypted under another key.
    /// </exception>
    public static StoreKeys Open(SqliteConnection connection, StoreEncryption encryption)
    {
        List<string> used = connection.Query(
            "SELECT DISTINCT master_id FROM project_keys ORDER BY 1", row => row.GetString(0));
        if (encryption.KeyFile is not { } path)
        {
            return used.Count == 0 ? None : throw new StoreDamagedException(NoMasterKey);
        }

        if (!File.Exists(path))
        {
            if (used.Count > 0)
            {
                throw new StoreDamagedException($"{path}: the store is encrypted, and its master key is not there");
            }

            MasterKey.Create(path);
        }

        var master = MasterKey.Load(path);
        if (used.TrueForAll(id => id == master.Id))
        {
            return new StoreKeys(master, encryption.IsOn);
        }

        master.Dispose();
        throw new StoreDamagedException($"{path}: is not the master key that the store is encrypted with");
    }

    /// <summary>Notes the key of a new file, wrapped.</summary>
    public void Keep(SqliteConnection connection, string projectId, FileCipher cipher, long now)
    {
        byte[] dataKey = Ensure(connection, projectId, now);
        try
        {
            connection.Execute(
                """
                INSERT INTO file_keys (file_id, project_id, chunk_length, wrapped)
                VALUES ($file, $project, $chunk, $wrapped)
                """,
                ("$file", cipher.FileId),
                ("$project", projectId),
                ("$chunk", cipher.Layout.ChunkLength),
                ("$wrapped", cipher.Wrap(dataKey)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>The cipher of a file; null if the file is not encrypted. The caller disposes it.</summary>
    /// <exception cref="StoreDamagedException">A key is gone or altered.</exception>
    public FileCipher? Find(SqliteConnection connection, string fileId)
    {
        (string Project, int Chunk, byte[] Wrapped)? row = connection.Query<(string, int, byte[])?>(
            "SELECT project_id, chunk_length, wrapped FROM file_keys WHERE file_id = $file",
            row => (row.GetString(0), row.GetInt32(1), row.Bytes(2)),
            ("$file", fileId)).SingleOrDefault();
        if (row is not { } found)
        {
            return null;
        }

        byte[] dataKey = FindKey(connection, found.Project)
            ?? throw new StoreDamagedException($"{fileId}: the key of the file's project is gone");
        try
        {
            return FileCipher.Unwrap(fileId, found.Chunk, found.Wrapped, dataKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>The cipher for rows of a project, in a transaction that may write. The caller disposes it.</summary>
    public ProjectCipher ForWriting(SqliteConnection connection, string projectId, long now) =>
        new(projectId, Seals ? Ensure(connection, projectId, now) : FindKey(connection, projectId), Seals);

    /// <summary>The cipher for reading rows of a project. The caller disposes it.</summary>
    public ProjectCipher ForReading(SqliteConnection connection, string projectId) =>
        new(projectId, FindKey(connection, projectId), seals: false);

    /// <summary>Forgets the keys of files that are to be removed, and of projects that are.</summary>
    /// <returns>Whether there were any.</returns>
    public static bool Wipe(SqliteConnection connection)
    {
        int files = connection.Execute(
            """
            DELETE FROM file_keys
            WHERE file_id IN (SELECT COALESCE(file_id, id) FROM segments WHERE doomed = 1)
                OR file_id IN (SELECT file_id FROM replaced_files)
                OR file_id IN (SELECT id FROM uploads WHERE state = $discarded AND swept = 0)
            """,
            ("$discarded", (int)UploadState.Discarded));
        int projects = connection.Execute(
            "DELETE FROM project_keys WHERE project_id IN (SELECT id FROM projects WHERE state = $deleting)",
            ("$deleting", (int)ProjectState.Deleting));
        return files + projects > 0;
    }

    public void Dispose() => _master?.Dispose();

    private byte[]? FindKey(SqliteConnection connection, string projectId)
    {
        byte[]? wrapped = connection.Query(
            "SELECT wrapped FROM project_keys WHERE project_id = $project",
            row => row.Bytes(0),
            ("$project", projectId)).SingleOrDefault();
        return wrapped is null ? null : RequireMaster().Unwrap(projectId, wrapped);
    }

    private byte[] Ensure(SqliteConnection connection, string projectId, long now)
    {
        if (FindKey(connection, projectId) is { } known)
        {
            return known;
        }

        MasterKey master = RequireMaster();
        byte[] dataKey = SealedBytes.NewKey();
        connection.Execute(
            """
            INSERT INTO project_keys (project_id, master_id, wrapped, created_at)
            VALUES ($project, $master, $wrapped, $now)
            """,
            ("$project", projectId),
            ("$master", master.Id),
            ("$wrapped", master.Wrap(projectId, dataKey)),
            ("$now", now));
        return dataKey;
    }

    private MasterKey RequireMaster() => _master ?? throw new StoreDamagedException(NoMasterKey);
}
