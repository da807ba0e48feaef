using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Takes records that their parties have removed out of the files that still have them. Thread-safe.</summary>
/// <remarks>
/// A file is not written again but replaced: the new one is written under a temporary name, flushed and named; then
/// one transaction gives it to the segment and notes the old one for removal; then the old one loses its key and goes.
/// So a crash leaves the one or the other, whole. The link ids that a run keeps for lookups go by the place of a record
/// in its file, so those of the removed records go in the same transaction.
/// </remarks>
internal sealed class ErasureStore : IDisposable
{
    private const int LinkLength = 16;
    private const int PieceLength = 64 * 1024;

    private readonly StoreDatabase _database;
    private readonly StoreFolders _folders;
    private readonly StoreKeys _keys;
    private readonly SegmentStore _segments;
    private readonly StoreRemoval _removal;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1);

    public ErasureStore(
        StoreDatabase database,
        StoreFolders folders,
        StoreKeys keys,
        SegmentStore segments,
        StoreRemoval removal,
        TimeProvider time)
    {
        _database = database;
        _folders = folders;
        _keys = keys;
        _segments = segments;
        _removal = removal;
        _time = time;
    }

    /// <summary>The projects with a record that was removed at a time or before and that a file still has.</summary>
    public IReadOnlyList<string> ListDue(DateTimeOffset until) =>
        _database.Read(connection => ErasureRows.Due(connection, until.ToUnixTimeMilliseconds()));

    /// <summary>Erases all removed records of a project.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="runId">The run at work that asks for it and has read no file yet; null for none.</param>
    /// <param name="cancellation">Stops the writing; the files stay as they were.</param>
    /// <returns>
    /// False if another run is at work, or the files have changed meanwhile: then nothing was erased.
    /// </returns>
    /// <exception cref="IOException">The disk is full or fails, or a file is damaged.</exception>
    /// <exception cref="EncodingFormatException">A file is damaged.</exception>
    public async Task<bool> EraseAsync(string projectId, string? runId, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            using ErasureDraft? draft = await PrepareAsync(projectId, runId, cancellation);
            if (draft is null || draft.Records.Count == 0)
            {
                return draft is not null;
            }

            bool done = await CommitAsync(draft, runId);
            await _removal.FinishAsync();
            return done;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Writes the files anew, under temporary names.</summary>
    /// <returns>Null if another run is at work.</returns>
    internal async Task<ErasureDraft?> PrepareAsync(
        string projectId, string? runId, CancellationToken cancellation)
    {
        (bool isFree, ErasureDraft draft, List<(Segment Links, IReadOnlyList<Segment> Inputs)> links) =
            _database.Read(connection =>
            {
                ErasureDraft begun = new(projectId, ErasureRows.Pending(connection, projectId));
                return (IsFree(connection, projectId, runId), begun, LinksOf(connection, begun));
            });
        if (!isFree)
        {
            draft.Dispose();
            return null;
        }

        bool isWhole = false;
        try
        {
            await Task.Run(() => WriteAsync(draft, links, cancellation), cancellation);
            isWhole = true;
            return draft;
        }
        finally
        {
            if (!isWhole)
            {
                draft.Dispose();
            }
        }
    }

    /// <summary>Puts the new files in the place of the old ones, all or none.</summary>
    /// <returns>False if another run is at work, or the files have changed meanwhile.</returns>
    internal async Task<bool> CommitAsync(ErasureDraft draft, string? runId)
    {
        // Not cancelled: files that have their names get their rows, or go.
        bool kept = false;
        try
        {
            foreach ((Segment _, FileDraft file, Segment fresh) in draft.Files)
            {
                SegmentFiles.Publish(_folders.Part(file.Id), _folders.Segment(file.Id, fresh.Kind), _folders);
            }

            kept = await _database.WriteAsync(
                connection => TryReplace(connection, draft, runId), CancellationToken.None);
            _removal.NoteErasedRows();
            return kept;
        }
        finally
        {
            // A commit that reports a failure may have come through all the same: then the files stay.
            if (!kept)
            {
                foreach ((Segment old, FileDraft file, Segment fresh) in draft.Files
                    .Where(file => _segments.Find(file.Old.Id)?.FileId != file.Fresh.FileId))
                {
                    SegmentFiles.Unpublish(
                        _folders.Part(file.Id), _folders.Segment(file.Id, fresh.Kind), _folders, wanted: false);
                }
            }
        }
    }

    private static bool IsFree(SqliteConnection connection, string projectId, string? runId) =>
        ProjectRows.Find(connection, projectId) is { } project
        && (runId is null
            ? project.Work != ProjectWork.UnderWay
            : RunRows.Find(connection, runId) is { Latest.State: RunState.Running } run && run.ProjectId == projectId);

    private static List<(Segment Links, IReadOnlyList<Segment> Inputs)> LinksOf(
        SqliteConnection connection, ErasureDraft draft) => ErasureRows.Links(
        connection, draft.ProjectId, [.. draft.Records.Select(record => record.File.Id)]);

    // What was read before the files were written must still be so: no other file, no further run.
    private bool TryReplace(SqliteConnection connection, ErasureDraft draft, string? runId)
    {
        HashSet<string> old = [.. draft.Files.Select(file => file.Old.FileId)];
        HashSet<string> changed =
            [.. draft.Files.Where(file => file.Old.Kind == SegmentKind.Encoding).Select(file => file.Old.Id)];
        bool isCurrent = IsFree(connection, draft.ProjectId, runId)
            && draft.Records.All(record =>
                SegmentRows.Find(connection, record.File.Id)?.FileId == record.File.FileId)
            && ErasureRows.Links(connection, draft.ProjectId, changed).All(run => old.Contains(run.Links.FileId));
        if (!isCurrent)
        {
            return false;
        }

        long now = _time.Now();
        foreach ((Segment before, FileDraft file, Segment fresh) in draft.Files)
        {
            SegmentRows.Replace(connection, before, fresh);
            if (file.Cipher is { } key)
            {
                _keys.Keep(connection, draft.ProjectId, key, now);
            }
        }

        using ProjectCipher cipher = _keys.ForWriting(connection, draft.ProjectId, now);
        draft.Unfound.ForEach(file => AddedRows.Erase(connection, cipher, file.File.Id, file.Handles));
        foreach ((Segment file, IReadOnlyList<string> handles) in draft.Records)
        {
            ErasureRows.NoteErased(connection, file.Id, handles);
        }

        if (draft.Files.Count > 0)
        {
            DeletionRows.NoteReplaced(connection, draft.ProjectId, now, draft.Files.Select(file => file.Old));
        }

        return true;
    }

    private async Task WriteAsync(
        ErasureDraft draft,
        List<(Segment Links, IReadOnlyList<Segment> Inputs)> links,
        CancellationToken cancellation)
    {
        Dictionary<string, IReadOnlyList<int>> gone = [];
        HashSet<string> found = [];
        foreach ((Segment file, IReadOnlyList<string> handles) in draft.Records)
        {
            IReadOnlyList<int> records = [];
            await WriteAsync(
                draft, file, target => records = Reduce(file, handles, target, cancellation), cancellation);
            gone[file.Id] = records;
            found.UnionWith(records.Count == handles.Count ? handles : []);
        }

        draft.Unfound.AddRange(draft.Records
            .Select(record => (record.File, (IReadOnlyList<string>)[.. record.Handles.Except(found)]))
            .Where(record => record.Item2.Count > 0));

        foreach ((Segment of, IReadOnlyList<Segment> inputs) in links)
        {
            await _segments.VerifyAsync(of, cancellation);
            await WriteAsync(draft, of, target => CopyLinks(of, inputs, gone, target, cancellation), cancellation);
        }
    }

    // A file that had none of the records stays.
    private async Task WriteAsync(
        ErasureDraft draft, Segment old, Func<Stream, IReadOnlyList<int>> write, CancellationToken cancellation)
    {
        FileDraft? file = new(_folders, _keys.Seals);
        try
        {
            if (write(file.Stream).Count > 0)
            {
                (long length, byte[] sha256) = await file.SealAsync(cancellation);
                draft.Files.Add((old, file, old with { FileId = file.Id, Length = length, Sha256 = sha256 }));
                file = null;
            }
        }
        finally
        {
            file?.Dispose();
        }
    }

    private IReadOnlyList<int> Reduce(
        Segment segment, IReadOnlyList<string> handles, Stream target, CancellationToken cancellation)
    {
        using StoredFile file = _segments.OpenRead(segment);
        return file.WriteWithout(handles, target, cancellation);
    }

    // The rows of a run are those of its files, one after another.
    private List<int> CopyLinks(
        Segment segment,
        IReadOnlyList<Segment> inputs,
        Dictionary<string, IReadOnlyList<int>> gone,
        Stream target,
        CancellationToken cancellation)
    {
        List<int> rows = [];
        int first = 0;
        foreach (Segment input in inputs)
        {
            rows.AddRange(gone.GetValueOrDefault(input.Id, []).Select(record => first + record));
            first += CountRecords(input);
        }

        using StoredFile links = _segments.OpenRead(segment);
        if (links.Length != (long)first * LinkLength)
        {
            throw new StoreDamagedException("A run's link ids are not those of its records.");
        }

        if (rows.Count > 0)
        {
            int next = 0;
            foreach (int row in rows)
            {
                Copy(links, (long)next * LinkLength, (long)row * LinkLength, target, cancellation);
                next = row + 1;
            }

            Copy(links, (long)next * LinkLength, links.Length, target, cancellation);
        }

        return rows;
    }

    private int CountRecords(Segment segment)
    {
        using StoredFile file = _segments.OpenRead(segment);
        return file.ReadHeader().RecordCount;
    }

    private static void Copy(
        StoredFile source, long start, long end, Stream target, CancellationToken cancellation)
    {
        byte[] piece = new byte[(int)Math.Min(PieceLength, end - start)];
        for (long offset = start; offset < end; offset += piece.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<byte> part = piece.AsSpan(0, (int)Math.Min(piece.Length, end - offset));
            source.Read(offset, part);
            target.Write(part);
        }
    }
}
