using Linkage.Bloom;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>One encoding from its order to its file, whoever's call it is that feeds it.</summary>
/// <remarks>
/// Once the records are whole, the file is made whether or not the caller stays; only <see cref="Dispose"/> stops it.
/// Thread-safe.
/// </remarks>
internal sealed class EncodeSession : IDisposable
{
    private readonly EncodeOrder _order;
    private readonly Receipts _receipts;
    private readonly OutputNames _names;
#pragma warning disable CA2213 // the making of the file may still look at it; without a timer it holds nothing
    private readonly CancellationTokenSource _gone = new();
#pragma warning restore CA2213
    private readonly Lock _gate = new();
    private RecordIntake? _intake;
    private Task<EncodedFileSummary>? _completion;
    private long _records;
    private bool _disposed;

    private EncodeSession(string caller, EncodeOrder order, Receipts receipts, OutputNames names)
    {
        Caller = caller;
        _order = order;
        _receipts = receipts;
        _names = names;
    }

    /// <summary>Whose session it is.</summary>
    public string Caller { get; }

    /// <summary>The client's name for the work.</summary>
    public string IdempotencyKey => _order.IdempotencyKey;

    /// <summary>What was asked for.</summary>
    public EncodeOrder Order => _order;

    /// <summary>Whether the file could not be made.</summary>
    public bool HasFailed => _completion is { IsFaulted: true };

    /// <summary>Whether an earlier call made the file, and the unit has it.</summary>
    public bool IsSent => _completion is { IsCompletedSuccessfully: true, Result.UploadId.Length: > 0 };

    /// <summary>Is told how far the making of the file is; the last one set is.</summary>
    public IProgress<StageProgress>? Listener { get; set; }

    /// <summary>Number of the record that is expected next.</summary>
    public long NextRecord
    {
        get
        {
            lock (_gate)
            {
                return _intake?.NextRecord ?? _records;
            }
        }
    }

    /// <summary>Begins an encoding, or finds the file that an earlier call with this key made.</summary>
    /// <exception cref="Grpc.Core.RpcException">It cannot begin.</exception>
    public static async Task<EncodeSession> BeginAsync(
        string caller, EncodeOrder order, Receipts receipts, OutputNames names, CancellationToken cancellation)
    {
        EncodeSession session = new(caller, order, receipts, names);
        EncodedFileSummary? earlier = receipts.Find(
            EncodedFileSummary.Parser, caller, order.IdempotencyKey, order.Digest);
        if (earlier is not null && await IsThereAsync(earlier, order, cancellation))
        {
            session._records = earlier.RecordCount;
            session._completion = Task.FromResult(earlier);
            return session;
        }

        session.Open();
        return session;
    }

    /// <summary>Takes records; those taken before are left out of account.</summary>
    /// <exception cref="Grpc.Core.RpcException">A record is wrong, or the session is gone.</exception>
    public void Add(EncodeRecords message)
    {
        lock (_gate)
        {
            ThrowIfGone();
            if (_intake is { } intake && _completion is null)
            {
                intake.Add(message);
            }
            else if (message.FirstRecord + message.Records.Count > _records)
            {
                throw OwnerError.BadField("records", "come after `finish`");
            }
        }
    }

    /// <summary>Makes the file, or waits for it if that was begun before.</summary>
    /// <exception cref="Grpc.Core.RpcException">
    /// Another number of records arrived, or the file cannot be made.
    /// </exception>
    public Task<EncodedFileSummary> FinishAsync(EncodeFinish finish, CancellationToken cancellation)
    {
        Task<EncodedFileSummary> completion;
        lock (_gate)
        {
            ThrowIfGone();
            long arrived = _intake?.NextRecord ?? _records;
            if (finish.RecordCount != arrived)
            {
                throw OwnerError.CountDiffers(finish.RecordCount, arrived);
            }

            if (arrived == 0)
            {
                throw OwnerError.BadField("finish.record_count", "is 0: there is nothing to encode");
            }

            _records = arrived;
            completion = _completion ??= CompleteAsync(_intake!);
        }

        return completion.WaitAsync(cancellation);
    }

    /// <summary>Remembers the upload's id, and removes the file if it was not to stay.</summary>
    public EncodedFileSummary NoteUpload(EncodedFileSummary summary, string uploadId)
    {
        EncodedFileSummary sent = new(summary) { UploadId = uploadId };
        _receipts.Save(sent, Caller, IdempotencyKey, _order.Digest);
        if (!_order.KeepsFile)
        {
            File.Delete(_order.FilePath);
        }

        lock (_gate)
        {
            _completion = Task.FromResult(sent);
        }

        return sent;
    }

    /// <summary>Stops the work and wipes what is held; what is complete stays.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _gone.Cancel();
            if (_completion is null)
            {
                Close();
            }
        }
    }

    private static async Task<bool> IsThereAsync(
        EncodedFileSummary summary, EncodeOrder order, CancellationToken cancellation)
    {
        if (!File.Exists(order.MapPath))
        {
            return false;
        }

        if (!File.Exists(order.FilePath))
        {
            return summary.UploadId.Length > 0 && !order.KeepsFile;
        }

        byte[] sha256 = await FileChecksum.ComputeAsync(order.FilePath, cancellation);
        return Convert.ToHexStringLower(sha256) == summary.Sha256 && SourceMap.IsOf(order.MapPath, order.FilePath);
    }

    private void Open()
    {
        if (!_names.TryTake(_order.FileName))
        {
            throw OwnerError.NameInUse();
        }

        try
        {
            _intake = new RecordIntake(_order);
        }
        catch
        {
            _names.Release(_order.FileName);
            throw;
        }
    }

    private async Task<EncodedFileSummary> CompleteAsync(RecordIntake intake)
    {
        try
        {
            EncodedFileSummary summary = await Task.Run(() => intake.CompleteAsync(new Relay(this), _gone.Token));
            _receipts.Save(summary, Caller, IdempotencyKey, _order.Digest);
            return summary;
        }
        catch (OperationCanceledException)
        {
            throw OwnerError.SessionLost();
        }
        catch (Exception fault) when (OwnerIo.IsFault(fault))
        {
            throw OwnerIo.ErrorOf(fault);
        }
        finally
        {
            lock (_gate)
            {
                Close();
            }
        }
    }

    private void Close()
    {
        if (_intake is null)
        {
            return;
        }

        try
        {
            _intake.Dispose();
        }
        finally
        {
            _intake = null;
            _names.Release(_order.FileName);
        }
    }

    private void ThrowIfGone()
    {
        if (_disposed)
        {
            throw OwnerError.SessionLost();
        }
    }

    // The listener changes when another call takes the session over.
    private sealed class Relay(EncodeSession session) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => session.Listener?.Report(value);
    }
}
