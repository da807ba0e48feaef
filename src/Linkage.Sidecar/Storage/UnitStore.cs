using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>All the unit keeps, in one directory that belongs to one process. Thread-safe.</summary>
/// <remarks>
/// What a call acknowledges is on disk when it returns. Opening finishes what a crash has left half done: it reads
/// names and rows only, never the content of a segment.
/// </remarks>
internal sealed class UnitStore : IDisposable
{
    private readonly FileStream _lock;
    private readonly StoreDatabase _database;
    private readonly StoreRemoval _removal;
    private readonly StoreKeys _keys;

    private UnitStore(
        StoreFolders folders,
        FileStream ownership,
        StoreDatabase database,
        StoreKeys keys,
        TimeProvider time,
        StoreLimits limits)
    {
        RunPulse pulse = new();
        _lock = ownership;
        _database = database;
        _keys = keys;
        _removal = new StoreRemoval(database, folders);
        Projects = new ProjectStore(database, _removal, pulse, time);
        Uploads = new UploadStore(database, folders, keys, _removal, time, limits);
        Segments = new SegmentStore(database, folders, keys);
        Runs = new RunStore(database, folders, keys, pulse, time, limits);
        Added = new AddedStore(database, keys, _removal, time);
        Erasure = new ErasureStore(database, folders, keys, Segments, _removal, time);
        Retention = new RetentionStore(database, _removal, pulse, time);
        TokenRequests = new TokenRequests(database, time);
        AuditMarks = new AuditMarks(database, time);
        Agreements = new AgreementStore(database, time);
        Backup = new StoreBackup(database, folders, keys, _removal, time);
    }

    /// <summary>Projects, parties, terms, approvals.</summary>
    public ProjectStore Projects { get; }

    /// <summary>Encoded files on their way in.</summary>
    public UploadStore Uploads { get; }

    /// <summary>Immutable files.</summary>
    public SegmentStore Segments { get; }

    /// <summary>Runs, their events and results.</summary>
    public RunStore Runs { get; }

    /// <summary>Records that come and go after a run.</summary>
    public AddedStore Added { get; }

    /// <summary>Removed records on their way out of the files.</summary>
    public ErasureStore Erasure { get; }

    /// <summary>Tokens that were asked for by a key.</summary>
    public TokenRequests TokenRequests { get; }

    /// <summary>What has been kept long enough, and what was deleted.</summary>
    public RetentionStore Retention { get; }

    /// <summary>How far the audit log is.</summary>
    public AuditMarks AuditMarks { get; }

    /// <summary>Agreements, signatures, withdrawals, requests for release.</summary>
    public AgreementStore Agreements { get; }

    /// <summary>Copies of the store.</summary>
    public StoreBackup Backup { get; }

    /// <summary>Whether new files are encrypted.</summary>
    public bool IsEncrypted => _keys.Seals;

    /// <summary>Files that rows name and that are gone or cut, as found when the store was opened.</summary>
    /// <remarks>The store works on without them; whoever asks for one of them gets the same message.</remarks>
    public IReadOnlyList<string> Damage { get; private set; } = [];

    /// <summary>Opens the store, new or not.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="limits">What one caller may take.</param>
    /// <param name="encryption">How it is encrypted; null for not at all.</param>
    /// <exception cref="IOException">Another process has it open, or the directory cannot be written.</exception>
    /// <exception cref="StoreDamagedException">
    /// The database is damaged, not ours, of a newer version, or encrypted under another master key.
    /// </exception>
    public static async Task<UnitStore> OpenAsync(
        string directory, TimeProvider time, StoreLimits? limits = null, StoreEncryption? encryption = null)
    {
        StoreFolders folders = new(directory);
        folders.CreateAll();
        FileStream? ownership = StoreFolders.CreateFile(folders.Lock, FileMode.OpenOrCreate, FileShare.None);
        StoreDatabase? database = null;
        StoreKeys? keys = null;
        UnitStore? opening = null;
        try
        {
            database = StoreDatabase.Open(folders.Database);
            keys = database.Read(connection => StoreKeys.Open(connection, encryption ?? new StoreEncryption()));
            await new StoreRecovery(database, folders).RunAsync();
            opening = new UnitStore(folders, ownership, database, keys, time, limits ?? new StoreLimits());
            (ownership, database, keys) = (null, null, null);
            await opening.ResumeAsync();
            UnitStore store = opening;
            opening = null;
            return store;
        }
        finally
        {
            opening?.Dispose();
            keys?.Dispose();
            database?.Dispose();
            ownership?.Dispose();
        }
    }

    /// <summary>How much there is to do and to keep.</summary>
    public StoreTally CountWork() => _database.Read(StoreTally.Of);

    /// <summary>Whether a request was carried out before.</summary>
    /// <exception cref="StoreRefusedException">Its key was used for another content.</exception>
    public bool IsAnswered(IdempotentRequest request) =>
        _database.Read(connection => IdempotencyRows.Find(connection, request) is not null);

    /// <summary>Finishes the changes that have begun and closes all files.</summary>
    public void Dispose()
    {
        _database.Dispose();
        Uploads.Dispose();
        Erasure.Dispose();
        _removal.Dispose();
        AuditMarks.Dispose();
        _keys.Dispose();
        _lock.Dispose();
    }

    private async Task ResumeAsync()
    {
        await _removal.FinishAsync();
        await Runs.RequeueAsync();
        Damage = [.. Segments.FindDamage(), .. Uploads.FindDamage()];
    }
}
