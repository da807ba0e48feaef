using Linkage.Sidecar.Storage.Encryption;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Takes encoded files in, chunk by chunk, and makes segments of them. Thread-safe.</summary>
internal sealed partial class UploadStore : IDisposable
{
    private readonly StoreDatabase _database;
    private readonly StoreFolders _folders;
    private readonly StoreRemoval _removal;
    private readonly StoreKeys _keys;
    private readonly TimeProvider _time;
    private readonly StoreLimits _limits;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, UploadSession> _sessions = [];
    private readonly HashSet<string> _completing = [];

    public UploadStore(
        StoreDatabase database,
        StoreFolders folders,
        StoreKeys keys,
        StoreRemoval removal,
        TimeProvider time,
        StoreLimits limits)
    {
        _database = database;
        _folders = folders;
        _keys = keys;
        _removal = removal;
        _time = time;
        _limits = limits;
    }

    /// <summary>The upload; null if there is none.</summary>
    public Upload? Find(string id) => _database.Read(connection => UploadRows.Find(connection, id));

    /// <summary>Begins an upload; repeated, gives the one begun before.</summary>
    /// <exception cref="ArgumentException">The plan cannot be carried out.</exception>
    /// <exception cref="StoreRefusedException">
    /// The project has not agreed, has no such party, or the party is at its limit.
    /// </exception>
    public async Task<Upload> BeginAsync(
        string projectId, string party, UploadPlan plan, IdempotentRequest request, CancellationToken cancellation)
    {
        plan.Validate();
        string id = StoreIds.Create();

        // The file is there before the row, so that no row is without one; a file without a row is swept at start.
        string part = _folders.Part(id);
        bool used = false;
        try
        {
            StoreFolders.CreateFile(part, FileMode.CreateNew, FileShare.None).Dispose();
            DirectorySync.Flush(_folders.Uploads);
            Upload upload = await _database.WriteAsync(
                connection =>
                {
                    if (IdempotencyRows.Find(connection, request) is { } known)
                    {
                        return UploadRows.Require(connection, known);
                    }

                    Project project = ProjectRows.RequireAgreed(connection, projectId);
                    ProjectRows.RequireParty(project, party);
                    UploadRows.RequireRoom(connection, party, plan.Length, _limits);
                    DateTimeOffset now = _time.GetUtcNow();
                    Upload fresh = new(
                        id,
                        projectId,
                        party,
                        request.Key,
                        plan,
                        project.TermsVersion,
                        UploadState.Receiving,
                        ByteRanges.Empty,
                        now)
                    {
                        TouchedAt = now,
                    };
                    UploadRows.Insert(connection, fresh);
                    IdempotencyRows.Insert(connection, request, projectId, id);
                    KeepKey(connection, fresh);
                    return UploadRows.Require(connection, id);
                },
                cancellation);
            used = upload.Id == id;
            return upload;
        }
        finally
        {
            if (!used)
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Opens an upload for chunks; a session open on it is closed, since its peer may be long gone.</summary>
    /// <exception cref="StoreRefusedException">The upload is complete, discarded or being completed.</exception>
    /// <exception cref="StoreDamagedException">The part file is gone or too short.</exception>
    public async Task<UploadSession> OpenAsync(string id, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            Upload upload = await TakeOverAsync(id);
            ForgetClosedSessions();
            UploadSession session = new(_database, upload, SoundPart(upload), FindCipher(id), _time);
            _sessions[id] = session;
            return session;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Checks the whole file and makes it a segment; a complete upload gives its segment again. A file that is not what
    /// was announced is discarded.
    /// </summary>
    /// <param name="id">The upload.</param>
    /// <param name="inspect">Looks at the file, and throws to keep it out; its word counts only for a file with the
    /// checksum announced.</param>
    /// <param name="cancellation">Stops the check; the upload stays as it was.</param>
    /// <exception cref="StoreRefusedException">Bytes are missing, or the checksum is not the announced one.</exception>
    public async Task<Segment> CompleteAsync(
        string id, Func<StoredFile, CancellationToken, Task> inspect, CancellationToken cancellation)
    {
        if (Find(id) is { State: UploadState.Complete } && FindSegment(id) is { } known)
        {
            return known;
        }

        Upload upload = await BeginCompletingAsync(id, cancellation);
        try
        {
            using StoredFile hashed = OpenPart(upload);
            using StoredFile inspected = OpenPart(upload);
            Task<byte[]> hashing = Task.Run(() => hashed.ComputeChecksum(cancellation), CancellationToken.None);
            Task inspecting = Task.Run(() => inspect(inspected, cancellation), CancellationToken.None);

            // Each reads the whole file, so they do it at the same time; the checksum has the first word. Both have
            // left the file before anything becomes of it.
            await Task.WhenAll(hashing, inspecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            byte[] checksum = await hashing;
            if (!checksum.AsSpan().SequenceEqual(upload.Plan.Sha256.Span))
            {
                await DiscardAsync(id, CancellationToken.None);
                throw new StoreRefusedException(
                    StoreRefusal.ChecksumMismatch, "The checksum of the file is not the announced one.");
            }

            await inspecting;
            return await KeepAsync(upload);
        }
        finally
        {
            await EndCompletingAsync(id);
        }
    }

    /// <summary>Gives an upload up; its part file goes. Repeated, does nothing.</summary>
    /// <exception cref="StoreRefusedException">There is no such upload, or it is complete.</exception>
    public async Task DiscardAsync(string id, CancellationToken cancellation)
    {
        await _database.WriteAsync(
            connection =>
            {
                Upload upload = UploadRows.Require(connection, id);
                if (upload.State is not (UploadState.Discarded or UploadState.Expired))
                {
                    UploadRows.Move(connection, upload, UploadState.Discarded);
                }
            },
            cancellation);
        await _removal.FinishAsync();
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>What is wrong with every part file at first sight, without reading any.</summary>
    public IReadOnlyList<string> FindDamage() =>
        [.. _database.Read(UploadRows.Receiving).Select(Damage).OfType<string>()];

    private void ForgetClosedSessions()
    {
        string[] closed = [.. _sessions.Where(session => session.Value.IsClosed).Select(session => session.Key)];
        Array.ForEach(closed, id => _sessions.Remove(id));
    }

    private async Task<Upload> TakeOverAsync(string id)
    {
        if (_completing.Contains(id))
        {
            throw new StoreRefusedException(StoreRefusal.Superseded, "The upload is being completed.");
        }

        if (_sessions.Remove(id, out UploadSession? older))
        {
            await older.DisposeAsync();
        }

        Upload upload = _database.Read(connection => UploadRows.Require(connection, id));
        Transitions.OfUpload.Require(upload.State, UploadState.Receiving);
        return upload;
    }

    private async Task<Upload> BeginCompletingAsync(string id, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            Upload upload = await TakeOverAsync(id);
            if (!upload.Acknowledged.Covers(new ByteRange(0, upload.Plan.Length)))
            {
                throw new StoreRefusedException(
                    StoreRefusal.Incomplete,
                    $"{upload.Acknowledged.Count} of {upload.Plan.Length} bytes have been acknowledged.");
            }

            _completing.Add(id);
            return upload;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task EndCompletingAsync(string id)
    {
        await _gate.WaitAsync();
        _completing.Remove(id);
        _gate.Release();
    }

    // Not cancelled: a file that has its name gets its row, or loses the name again.
    private async Task<Segment> KeepAsync(Upload upload)
    {
        string part = _folders.Part(upload.Id);
        string path = _folders.Segment(upload.Id, SegmentKind.Encoding);
        bool kept = false;
        try
        {
            SegmentFiles.Publish(part, path, _folders);
            Segment segment = await _database.WriteAsync(
                connection =>
                {
                    UploadRows.Move(connection, UploadRows.Require(connection, upload.Id), UploadState.Complete);
                    SegmentRows.Insert(connection, SegmentOf(upload));
                    return SegmentRows.Find(connection, upload.Id)!;
                },
                CancellationToken.None);
            kept = true;
            return segment;
        }
        finally
        {
            // A commit that reports a failure may have come through all the same: then the file stays.
            UploadState? state = kept ? UploadState.Complete : Find(upload.Id)?.State;
            if (state != UploadState.Complete)
            {
                SegmentFiles.Unpublish(part, path, _folders, wanted: state == UploadState.Receiving);
            }
        }
    }

    private Segment SegmentOf(Upload upload) => new(
        upload.Id,
        upload.ProjectId,
        upload.Party,
        RunId: null,
        SegmentKind.Encoding,
        upload.Plan.Name,
        upload.Plan.Length,
        upload.Plan.Sha256,
        upload.TermsVersion,
        _time.GetUtcNow());

    private Segment? FindSegment(string id) => _database.Read(connection => SegmentRows.Find(connection, id));

    private void KeepKey(SqliteConnection connection, Upload upload)
    {
        if (_keys.Seals)
        {
            using var cipher = FileCipher.Create(upload.Id, upload.Plan.ChunkLength);
            _keys.Keep(connection, upload.ProjectId, cipher, _time.Now());
        }
    }

    private FileCipher? FindCipher(string id) => _database.Read(connection => _keys.Find(connection, id));

    private StoredFile OpenPart(Upload upload) =>
        new(SoundPart(upload), upload.Plan.Length, FindCipher(upload.Id));

    private string SoundPart(Upload upload) =>
        Damage(upload) is { } damage ? throw new StoreDamagedException(damage) : _folders.Part(upload.Id);

    private string? Damage(Upload upload)
    {
        FileInfo part = new(_folders.Part(upload.Id));
        long least = upload.StoredLength(upload.Acknowledged.End);
        if (!part.Exists)
        {
            return $"{part.Name}: the part file of an upload is gone";
        }

        return part.Length >= least ? null : $"{part.Name}: has {part.Length} bytes, {least} were acknowledged";
    }
}
