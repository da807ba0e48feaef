using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>The database file: one connection that writes, a pool that reads, every call a transaction.</summary>
/// <remarks>
/// Thread-safe. A change that returns is on disk (WAL, synchronous=FULL); one that throws has changed nothing. Reads
/// see a state between two changes and never wait for a change.
/// </remarks>
internal sealed class StoreDatabase : IDisposable
{
    private const int BusySeconds = 30;
    private const int LogAttempts = 20;

    private static readonly TimeSpan LogPause = TimeSpan.FromMilliseconds(25);

    private readonly string _readerString;
    private readonly SqliteConnection _writer;
    private readonly WriterThread _thread;
    private long _generation;

    private StoreDatabase(string path, SqliteConnection writer)
    {
        _readerString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = true,
            DefaultTimeout = BusySeconds,
        }.ToString();
        _writer = writer;
        _thread = new WriterThread("store-writer");
    }

    /// <summary>
    /// Rises with every change, before the change is acknowledged: what was read after this number was taken is still
    /// so while the number is.
    /// </summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>Opens the file, made with mode 0600 if it is not there, and brings it to the newest layout.</summary>
    /// <exception cref="StoreDamagedException">The file is not a store, damaged, or from a newer version.</exception>
    public static StoreDatabase Open(string path)
    {
        // Made by us, since SQLite gives its journal files the mode of this one.
        StoreFolders.CreateFile(path, FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
        SqliteConnection? writer = null;
        try
        {
            writer = new SqliteConnection(UnpooledString(path));
            writer.Open();
            Migrations.RequireOurs(writer); // before the journal's mode, which is written into the file
            writer.Execute("PRAGMA journal_mode = WAL");
            writer.Execute("PRAGMA synchronous = FULL");
            writer.Execute("PRAGMA secure_delete = ON"); // what is deleted is overwritten, not only unlinked
            Migrations.Apply(writer);
            StoreDatabase database = new(path, writer);
            writer = null;
            return database;
        }
        catch (SqliteException failure)
        {
            throw Translate(failure);
        }
        finally
        {
            writer?.Dispose();
        }
    }

    /// <summary>Makes a small change beside the process that has the file open, or where none has.</summary>
    /// <exception cref="StoreDamagedException">The file is not a store, damaged, or of another version.</exception>
    /// <exception cref="IOException">The disk is full or fails; nothing has changed.</exception>
    public static void ChangeBeside(string path, Action<SqliteConnection> change)
    {
        try
        {
            using SqliteConnection beside = new(UnpooledString(path));
            beside.Open();
            Migrations.RequireNewest(beside);
            beside.Execute("PRAGMA synchronous = FULL");
            beside.Execute("PRAGMA secure_delete = ON");
            using SqliteTransaction transaction = beside.BeginTransaction(deferred: false);
            change(beside);
            transaction.Commit();
        }
        catch (SqliteException failure)
        {
            throw Translate(failure);
        }
    }

    /// <summary>Makes a change in a transaction; it can be cancelled until it begins.</summary>
    /// <exception cref="IOException">The disk is full or fails; nothing has changed.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> change, CancellationToken cancellation) =>
        _thread.RunAsync(() => InTransaction(change), cancellation);

    /// <summary>Makes a change that returns nothing.</summary>
    /// <exception cref="IOException">The disk is full or fails; nothing has changed.</exception>
    public Task WriteAsync(Action<SqliteConnection> change, CancellationToken cancellation) =>
        WriteAsync(
            connection =>
            {
                change(connection);
                return true;
            },
            cancellation);

    /// <summary>Reads in one snapshot.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        try
        {
            using SqliteConnection reader = new(_readerString);
            reader.Open();
            using SqliteTransaction snapshot = reader.BeginTransaction(deferred: true);
            return query(reader);
        }
        catch (SqliteException failure)
        {
            throw Translate(failure);
        }
    }

    /// <summary>Writes the log into the database file and empties it: nothing older is left in either.</summary>
    /// <returns>False if readers were in the way.</returns>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public async Task<bool> TruncateLogAsync()
    {
        for (int attempt = 0; attempt < LogAttempts; attempt++)
        {
            if (await _thread.RunAsync(TryTruncateLog, CancellationToken.None))
            {
                return true;
            }

            await Task.Delay(LogPause); // a read takes milliseconds; a backup is waited for elsewhere
        }

        return false;
    }

    /// <summary>Copies a snapshot of the database into a file that does not exist yet.</summary>
    /// <exception cref="IOException">The disk is full or fails, or the database is damaged.</exception>
    public void CopyTo(string path)
    {
        StoreFolders.CreateFile(path, FileMode.CreateNew, FileShare.ReadWrite).Dispose();
        try
        {
            using SqliteConnection reader = new(_readerString);
            using SqliteConnection copy = new(UnpooledString(path));
            reader.Open();
            copy.Open();
            reader.BackupDatabase(copy);
        }
        catch (SqliteException failure)
        {
            throw Translate(failure);
        }
    }

    /// <summary>Reads the whole file and checks its structure and its references.</summary>
    /// <exception cref="StoreDamagedException">It is damaged.</exception>
    public void RequireSound()
    {
        bool sound = Read(connection =>
            connection.Query("PRAGMA integrity_check", row => row.GetString(0)) is ["ok"]
            && connection.Query("PRAGMA foreign_key_check", row => row.GetString(0)).Count == 0);
        if (!sound)
        {
            throw new StoreDamagedException("The store's database is damaged.");
        }
    }

    /// <summary>Finishes what is queued and closes all connections.</summary>
    public void Dispose()
    {
        _thread.Dispose();
        using (SqliteConnection reader = new(_readerString))
        {
            SqliteConnection.ClearPool(reader);
        }

        _writer.Dispose();
    }

    /// <summary>How to open a database file without keeping it open in a pool.</summary>
    internal static string UnpooledString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
        ForeignKeys = true,
        DefaultTimeout = BusySeconds,
    }.ToString();

    private T InTransaction<T>(Func<SqliteConnection, T> change)
    {
        PendingAct? act = PendingAct.Current;
        bool isNoted = false;
        bool isDone = false;
        try
        {
            using SqliteTransaction transaction = _writer.BeginTransaction(deferred: false);
            T result = change(_writer);
            isNoted = act?.Note(_writer, result) ?? false;
            transaction.Commit();
            isDone = true;
            Interlocked.Increment(ref _generation);
            return result;
        }
        catch (SqliteException failure)
        {
            throw Translate(failure);
        }
        finally
        {
            if (isNoted && !isDone)
            {
                act!.TakeBack();
            }
        }
    }

    private bool TryTruncateLog()
    {
        try
        {
            return _writer.Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt64(0)) is [0];
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return false;
        }
        catch (SqliteException failure)
        {
            throw Translate(failure);
        }
    }

    private static Exception Translate(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN =>
            new IOException("The store's database cannot be written or read; is the disk full?", failure),
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB =>
            new StoreDamagedException("The store's database is damaged.", failure),
        _ => failure,
    };
}
