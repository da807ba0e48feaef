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

    private UnitStore(
        StoreFolders folders,
        FileStream ownership,
        StoreDatabase database,
        TimeProvider time,
        StoreLimits limits)
    {
        RunPulse pulse = new();
        _lock = ownership;
        _database = database;
        _removal = new StoreRemoval(database, folders);
        Projects = new ProjectStore(database, _removal, pulse, time);
        Uploads = new UploadStore(database, folders, _removal, time, limits);
        Segments = new SegmentStore(database, folders);
        Runs = new RunStore(database, folders, pulse, time, limits);
        Added = new AddedStore(database, time);
        TokenRequests = new TokenRequests(database, time);
        AuditMarks = new AuditMarks(database);
        Agreements = new AgreementStore(database, time);
        Backup = new StoreBackup(database, folders, _removal, time);
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

    /// <summary>Tokens that were asked for by a key.</summary>
    public TokenRequests TokenRequests { get; }

    /// <summary>How far the audit log is.</summary>
    public AuditMarks AuditMarks { get; }

    /// <summary>Agreements, signatures, withdrawals, requests for release.</summary>
    public AgreementStore Agreements { get; }

    /// <summary>Copies of the store.</summary>
    public StoreBackup Backup { get; }

    /// <summary>Files that rows name and that are gone or cut, as found when the store was opened.</summary>
    /// <remarks>The store works on without them; whoever asks for one of them gets the same message.</remarks>
    public IReadOnlyList<string> Damage { get; private set; } = [];

    /// <summary>Opens the store, new or not.</summary>
    /// <exception cref="IOException">Another process has it open, or the directory cannot be written.</exception>
    /// <exception cref="StoreDamagedException">The database is damaged, not ours, or of a newer version.</exception>
    public static async Task<UnitStore> OpenAsync(string directory, TimeProvider time, StoreLimits? limits = null)
    {
        StoreFolders folders = new(directory);
        folders.CreateAll();
        FileStream? ownership = StoreFolders.CreateFile(folders.Lock, FileMode.OpenOrCreate, FileShare.None);
        StoreDatabase? database = null;
        UnitStore? opening = null;
        try
        {
            database = StoreDatabase.Open(folders.Database);
            await new StoreRecovery(database, folders).RunAsync();
            opening = new UnitStore(folders, ownership, database, time, limits ?? new StoreLimits());
            (ownership, database) = (null, null);
            await opening.ResumeAsync();
            UnitStore store = opening;
            opening = null;
            return store;
        }
        finally
        {
            opening?.Dispose();
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
        _removal.Dispose();
        _lock.Dispose();
    }

    private async Task ResumeAsync()
    {
        await _removal.FinishAsync();
        await Runs.RequeueAsync();
        Damage = [.. Segments.FindDamage(), .. Uploads.FindDamage()];
    }
}
