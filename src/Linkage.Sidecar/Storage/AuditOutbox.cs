using Linkage.Sidecar.Audit;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>
/// What the audit log is owed: noted in the transaction of an act, dropped once its entry is on disk.
/// </summary>
/// <remarks>
/// An act is in the store before its entry is in the log. A process that is killed between the two finds the note at
/// its next start and writes the entry; that the entry has the act's number keeps it from being written twice.
/// Thread-safe.
/// </remarks>
internal sealed class AuditOutbox : IDisposable
{
    private readonly StoreDatabase _database;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1); // nobody looks for what is owed while it is dropped
    private readonly HashSet<long> _held = [];
    private readonly HashSet<long> _settled = [];

    /// <summary>Keeps its notes in a database.</summary>
    public AuditOutbox(StoreDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    /// <summary>Whether entries are on disk whose notes are not dropped yet.</summary>
    public bool HasSettled
    {
        get
        {
            lock (_gate)
            {
                return _settled.Count > 0;
            }
        }
    }

    /// <summary>Leaves a note for the process that has the store open, or the next that opens it.</summary>
    /// <remarks>
    /// For commands. A process that runs has the newest layout; where none runs, the store is brought to it, behind the
    /// lock that a process would take.
    /// </remarks>
    /// <exception cref="IOException">The store cannot be written; then nothing may be done.</exception>
    public static void Leave(string directory, AuditEvent entry, DateTimeOffset now)
    {
        StoreFolders folders = new(directory);
        folders.CreateAll();
        using (FileStream? ownership = TryOwn(folders))
        {
            if (ownership is not null)
            {
                StoreDatabase.Open(folders.Database).Dispose();
            }
        }

        StoreDatabase.ChangeBeside(folders.Database, connection => AuditOutboxRows.Owe(connection, entry, now));
    }

    /// <summary>Begins an act: the next transaction of this flow of calls notes it.</summary>
    /// <param name="describe">The entries, given what the transaction returns.</param>
    public PendingAct Begin(Func<object?, IReadOnlyList<AuditEvent>> describe) => PendingAct.Begin(this, describe);

    /// <summary>Notes the act of this flow of calls before something that is not in the store is changed.</summary>
    /// <exception cref="IOException">The store cannot be written; then nothing may be done.</exception>
    public Task NoteIntentAsync(CancellationToken cancellation) => _database.WriteAsync(_ => { }, cancellation);

    /// <summary>All that is owed, also what somebody is about to write.</summary>
    public IReadOnlyList<OwedEntry> List() => _database.Read(AuditOutboxRows.All);

    /// <summary>Gives what is owed and nobody is about to write to whoever calls, who writes and settles it.</summary>
    /// <param name="write">Writes entries; they are on disk when it returns.</param>
    public async Task SettleLeftAsync(Func<IReadOnlyList<AuditEvent>, Task> write)
    {
        await _turn.WaitAsync();
        List<OwedEntry> left;
        try
        {
            left = [.. List().Where(owed => Hold(owed.Act))];
        }
        finally
        {
            _turn.Release();
        }

        if (left.Count == 0)
        {
            return;
        }

        bool isWritten = false;
        try
        {
            await write([.. left.Select(owed => owed.Event)]);
            isWritten = true;
        }
        finally
        {
            long[] acts = [.. left.Select(owed => owed.Act)];
            if (isWritten)
            {
                Settle(acts);
            }
            else
            {
                Release(acts);
            }
        }
    }

    /// <summary>Entries are on disk; their notes can be dropped.</summary>
    public void Settle(IEnumerable<long> acts)
    {
        lock (_gate)
        {
            _settled.UnionWith(acts);
            _held.UnionWith(_settled);
        }
    }

    /// <summary>Makes a change, and drops with it what is settled.</summary>
    internal async Task DropSettledAsync(Action<SqliteConnection> change)
    {
        await _turn.WaitAsync();
        try
        {
            long[] acts = Settled();
            await _database.WriteAsync(
                connection =>
                {
                    AuditOutboxRows.Drop(connection, acts);
                    change(connection);
                },
                CancellationToken.None);
            lock (_gate)
            {
                _settled.ExceptWith(acts);
                _held.ExceptWith(acts);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Notes an entry, held until it is settled or released.</summary>
    internal long Owe(SqliteConnection connection, AuditEvent entry)
    {
        long act = AuditOutboxRows.Owe(connection, entry, _time.GetUtcNow());
        _ = Hold(act);
        return act;
    }

    /// <summary>Leaves notes to whoever looks for some.</summary>
    internal void Release(IEnumerable<long> acts)
    {
        lock (_gate)
        {
            _held.ExceptWith(acts);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static FileStream? TryOwn(StoreFolders folders)
    {
        try
        {
            return StoreFolders.CreateFile(folders.Lock, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException) when (File.Exists(folders.Database))
        {
            return null; // a process has it open, and takes the note at once
        }
    }

    private bool Hold(long act)
    {
        lock (_gate)
        {
            return _held.Add(act);
        }
    }

    private long[] Settled()
    {
        lock (_gate)
        {
            return [.. _settled];
        }
    }
}
