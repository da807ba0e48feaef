using Grpc.Core;
using Linkage.Sidecar.Telemetry;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The two calls that encode: streams of records on one side, sessions on the other.</summary>
internal sealed class EncodeCalls : IDisposable
{
    private readonly OwnerFiles _files;
    private readonly UnitUploader _uploader;
    private readonly EncodeSessions _sessions;
    private readonly OutputNames _names = new();
    private readonly Receipts _receipts;

    /// <summary>Makes the calls; what a killed process left half-written is deleted.</summary>
    public EncodeCalls(OwnerFiles files, UnitUploader uploader, TimeProvider time)
    {
        _files = files;
        _uploader = uploader;
        _sessions = new EncodeSessions(time);
        _receipts = new Receipts(files.Output);
        files.Sweep();
    }

    /// <summary>Where figures go; null for nowhere.</summary>
    public SidecarMetrics? Metrics { get; set; }

    /// <summary>Number of sessions that can be taken up again.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Encodes a stream; one that breaks off leaves nothing.</summary>
    public async Task<EncodeResponse> EncodeAsync(
        string caller, IAsyncStreamReader<EncodeRequest> requests, CancellationToken cancellation)
    {
        EncodeStart? start = await requests.MoveNext(cancellation) ? requests.Current.Start : null;
        using EncodeSession session = await BeginAsync(caller, start, cancellation);
        while (await requests.MoveNext(cancellation))
        {
            EncodeRequest request = requests.Current;
            switch (request.MessageCase)
            {
                case EncodeRequest.MessageOneofCase.Records:
                    Add(session, request.Records);
                    break;
                case EncodeRequest.MessageOneofCase.Finish:
                    return new EncodeResponse { File = await FinishAsync(session, request.Finish, cancellation) };
                default:
                    throw OwnerError.BadField("message", "must be records or finish after the first message");
            }
        }

        throw OwnerError.NotFinished();
    }

    /// <summary>Encodes a stream in a session that can be taken up again.</summary>
    public async Task EncodeStreamAsync(
        string caller,
        IAsyncStreamReader<EncodeStreamRequest> requests,
        IServerStreamWriter<EncodeStreamResponse> answers,
        CancellationToken cancellation)
    {
        EncodeStreamRequest first = await requests.MoveNext(cancellation) ? requests.Current : new();
        EncodeLease lease = first.Resume is { } resume
            ? _sessions.Find(caller, resume.SessionId)
            : await OpenAsync(caller, first.Start, cancellation);
        CancellationTokenSource holder = await lease.TakeAsync(cancellation);
        bool isOver = false;
        try
        {
            await FeedAsync(lease, requests, answers, holder.Token);
            isOver = true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw OwnerError.SessionLost();
        }
        finally
        {
            isOver |= lease.Session.HasFailed;
            lease.Release(holder);
            if (isOver)
            {
                _sessions.Drop(lease.Id);
            }
        }
    }

    /// <summary>Ends all sessions.</summary>
    public void Dispose() => _sessions.Dispose();

    private async Task<EncodeSession> BeginAsync(string caller, EncodeStart? start, CancellationToken cancellation)
    {
        EncodeOrder order = EncodeOrder.Create(start, _files);
        if (order.Unit is { } unit)
        {
            _uploader.CheckTarget(unit, "start.destination.unit");
        }

        _sessions.DropEarlier(caller, order);
        EncodeSession session = await EncodeSession.BeginAsync(caller, order, _receipts, _names, cancellation);
        try
        {
            if (order.Unit is { } target && !session.IsSent)
            {
                // Said now, not when all records are encoded; it is looked at again before a byte is sent.
                await _uploader.CheckTermsAsync(target, order.ReadFacts(), cancellation);
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private async Task<EncodeLease> OpenAsync(string caller, EncodeStart? start, CancellationToken cancellation)
    {
        EncodeSession session = await BeginAsync(caller, start, cancellation);
        try
        {
            return _sessions.Add(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private async Task FeedAsync(
        EncodeLease lease,
        IAsyncStreamReader<EncodeStreamRequest> requests,
        IServerStreamWriter<EncodeStreamResponse> answers,
        CancellationToken cancellation)
    {
        EncodeSession session = lease.Session;
        V1.EncodeSession opened = new() { SessionId = lease.Id, NextRecord = session.NextRecord };
        await answers.WriteAsync(new EncodeStreamResponse { Session = opened }, cancellation);
        await using ProgressPump pump = new(session, answers);
        session.Listener = pump;
        while (await requests.MoveNext(cancellation))
        {
            EncodeStreamRequest request = requests.Current;
            switch (request.MessageCase)
            {
                case EncodeStreamRequest.MessageOneofCase.Records:
                    Add(session, request.Records);
                    pump.Acknowledge();
                    break;
                case EncodeStreamRequest.MessageOneofCase.Finish:
                    EncodedFileSummary file = await FinishAsync(session, request.Finish, cancellation);
                    await pump.FlushAsync();
                    await answers.WriteAsync(new EncodeStreamResponse { File = file }, cancellation);
                    return;
                default:
                    throw OwnerError.BadField("message", "must be records or finish after the first message");
            }
        }

        throw OwnerError.NotFinished();
    }

    private void Add(EncodeSession session, EncodeRecords records)
    {
        long before = session.NextRecord;
        bool isTaken = false;
        try
        {
            session.Add(records);
            isTaken = true;
        }
        finally
        {
            // The first record that is wrong ends the call, so it is the only one refused.
            Metrics?.RecordsGiven(Math.Max(0, session.NextRecord - before), isTaken ? 0 : 1);
        }
    }

    private async Task<EncodedFileSummary> FinishAsync(
        EncodeSession session, EncodeFinish finish, CancellationToken cancellation)
    {
        EncodedFileSummary summary = await session.FinishAsync(finish, cancellation);
        if (session.Order.Unit is not { } unit || summary.UploadId.Length > 0)
        {
            return summary;
        }

        string uploadId = await _uploader.SendAsync(
            session.Order.FilePath, unit, session.IdempotencyKey, progress: null, cancellation);
        return session.NoteUpload(summary, uploadId);
    }
}
