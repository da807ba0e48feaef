using System.Buffers;
using Linkage.Sidecar.Storage.Encryption;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace Linkage.Sidecar.Storage;

/// <summary>Takes the chunks of one upload. Thread-safe; chunks are written one after another.</summary>
/// <remarks>
/// <see cref="WriteAsync"/> promises nothing; <see cref="AcknowledgeAsync"/> flushes all chunks written since the last
/// one with a single fsync and then notes them in the database. Acknowledged bytes are never written again: a chunk
/// that comes a second time is compared. After a failure the session is of no use, and what it had not acknowledged
/// has to be sent again in another one: a failed fsync may have dropped the data, and a second would not tell.
/// </remarks>
internal sealed class UploadSession : IAsyncDisposable
{
    /// <summary>After this many bytes an acknowledgement is due.</summary>
    public const long Window = 8 * 1024 * 1024;

    private readonly StoreDatabase _database;
    private readonly SafeFileHandle _file;
    private readonly FileCipher? _cipher;
#pragma warning disable CA2213 // late callers must meet a closed session, not a disposed gate; it holds no handle
    private readonly SemaphoreSlim _gate = new(1);
#pragma warning restore CA2213
    private readonly string _id;
    private readonly UploadPlan _plan;
    private readonly TimeProvider _time;
    private ByteRanges _acknowledged;
    private ByteRanges _pending = ByteRanges.Empty;
    private long _pendingLength;
    private volatile bool _closed;

    /// <summary>Begins a session on a part file that is there.</summary>
    /// <param name="database">Where acknowledged bytes are noted.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="partPath">Its part file.</param>
    /// <param name="cipher">Seals the chunks, disposed with this; null to write them as they come.</param>
    /// <param name="time">The clock.</param>
    public UploadSession(
        StoreDatabase database, Upload upload, string partPath, FileCipher? cipher, TimeProvider time)
    {
        _database = database;
        _id = upload.Id;
        _plan = upload.Plan;
        _time = time;
        _cipher = cipher;
        _acknowledged = upload.Acknowledged;
        _file = File.OpenHandle(
            partPath,
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete,
            FileOptions.Asynchronous);
    }

    /// <summary>What is acknowledged.</summary>
    public ByteRanges Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Whether it takes no more.</summary>
    public bool IsClosed => _closed;

    /// <summary>Writes a chunk.</summary>
    /// <returns>Whether an acknowledgement is due.</returns>
    /// <exception cref="StoreRefusedException">
    /// The chunk is not on the grid or differs from the acknowledged one, or another session has taken over.
    /// </exception>
    /// <exception cref="IOException">The disk is full or fails; the session is closed.</exception>
    public Task<bool> WriteAsync(long offset, ReadOnlyMemory<byte> chunk, CancellationToken cancellation)
    {
        if (!_plan.HasChunk(offset, chunk.Length))
        {
            throw new StoreRefusedException(
                StoreRefusal.WrongChunk, $"At {offset} a chunk of {chunk.Length} bytes is not one of the upload.");
        }

        ByteRange range = new(offset, offset + chunk.Length);
        return ExclusivelyAsync(
            async () =>
            {
                if (_acknowledged.Covers(range))
                {
                    await CompareAsync(offset, chunk, cancellation);
                }
                else
                {
                    await WriteChunkAsync(offset, chunk, cancellation);
                    _pending = _pending.Add(range);
                    _pendingLength += chunk.Length;
                }

                return _pendingLength >= Window;
            },
            cancellation);
    }

    /// <summary>Makes all chunks written so far durable.</summary>
    /// <returns>All that is acknowledged of the upload.</returns>
    /// <exception cref="StoreRefusedException">The upload takes no more, or another session has taken over.</exception>
    /// <exception cref="IOException">
    /// The disk is full or fails; nothing was acknowledged, the session is closed.
    /// </exception>
    public Task<ByteRanges> AcknowledgeAsync(CancellationToken cancellation) => ExclusivelyAsync(
        async () =>
        {
            if (_pending == ByteRanges.Empty)
            {
                return _acknowledged;
            }

            await Task.Run(() => RandomAccess.FlushToDisk(_file), cancellation);
            ByteRanges acknowledged = await _database.WriteAsync(NotePending, cancellation);
            ForgetPending();
            Volatile.Write(ref _acknowledged, acknowledged);
            return acknowledged;
        },
        cancellation);

    /// <summary>Closes the session, after the call it is at. What was not acknowledged is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            Close();
        }
        finally
        {
            _gate.Release();
        }
    }

    private ByteRanges NotePending(SqliteConnection connection)
    {
        Upload upload = UploadRows.Require(connection, _id);
        UploadRows.Move(connection, upload, UploadState.Receiving); // one that has ended acknowledges nothing
        UploadRows.Touch(connection, _id, _time.Now());
        foreach (ByteRange range in _pending.Ranges)
        {
            UploadRows.AddRange(connection, _id, range);
        }

        return UploadRows.Require(connection, _id).Acknowledged;
    }

    // A chunk that is written again before it is acknowledged gets another nonce, whatever is in it.
    private async Task WriteChunkAsync(long offset, ReadOnlyMemory<byte> chunk, CancellationToken cancellation)
    {
        if (_cipher is null)
        {
            await RandomAccess.WriteAsync(_file, chunk, offset, cancellation);
            return;
        }

        int length = chunk.Length + SealedBytes.Overhead;
        byte[] slot = ArrayPool<byte>.Shared.Rent(length); // only ciphertext is ever in it
        try
        {
            long number = offset / _plan.ChunkLength;
            _cipher.Seal(number, chunk.Span, slot.AsSpan(0, length));
            await RandomAccess.WriteAsync(
                _file, slot.AsMemory(0, length), _cipher.Layout.OffsetOf(number), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(slot);
        }
    }

    private async Task CompareAsync(long offset, ReadOnlyMemory<byte> chunk, CancellationToken cancellation)
    {
        byte[] kept = new byte[chunk.Length];
        if (_cipher is null)
        {
            await ReadAsync(offset, kept, cancellation);
        }
        else
        {
            long number = offset / _plan.ChunkLength;
            byte[] slot = new byte[chunk.Length + SealedBytes.Overhead];
            await ReadAsync(_cipher.Layout.OffsetOf(number), slot, cancellation);
            _cipher.Open(number, slot, kept);
        }

        if (!kept.AsSpan().SequenceEqual(chunk.Span))
        {
            throw new StoreRefusedException(
                StoreRefusal.AlteredChunk, $"The chunk at {offset} differs from the acknowledged one.");
        }
    }

    private async Task ReadAsync(long offset, byte[] destination, CancellationToken cancellation)
    {
        int length = 0;
        int read;
        do
        {
            read = await RandomAccess.ReadAsync(_file, destination.AsMemory(length), offset + length, cancellation);
            length += read;
        }
        while (read > 0 && length < destination.Length);

        if (length < destination.Length)
        {
            throw new StoreDamagedException($"{_id}: the part file is shorter than what was acknowledged");
        }
    }

    private async Task<T> ExclusivelyAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        bool whole = false;
        try
        {
            if (_closed)
            {
                throw new StoreRefusedException(
                    StoreRefusal.Superseded, "The session is over: it failed, or another has taken the upload over.");
            }

            T result = await action();
            whole = true;
            return result;
        }
        finally
        {
            if (!whole)
            {
                Close();
            }

            _gate.Release();
        }
    }

    private void Close()
    {
        _closed = true;
        ForgetPending();
        _file.Dispose();
        _cipher?.Dispose();
    }

    private void ForgetPending()
    {
        _pending = ByteRanges.Empty;
        _pendingLength = 0;
    }
}
