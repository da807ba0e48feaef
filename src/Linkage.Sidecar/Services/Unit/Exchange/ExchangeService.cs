using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Storage.Encryption;
using Linkage.Sidecar.Telemetry;
using Linkage.V1;
using Upload = Linkage.Sidecar.Storage.Upload;
using UploadState = Linkage.Sidecar.Storage.UploadState;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Encoded files on their way in. The gate has checked who calls, on which upload, and when.</summary>
internal sealed class ExchangeService : V1.ExchangeService.ExchangeServiceBase
{
    private const int DefaultChunk = 1 << 20;
    private const int ChunkStep = 1 << 16;
    private const int LongestChunk = 1 << 21;
    private const int Sha256Digits = 64;
    private const string FileName = "upload.lke";

    private readonly UnitStore _store;
    private readonly SidecarOptions _options;
    private readonly Preflight _preflight;
    private readonly SidecarMetrics? _metrics;

    /// <summary>Serves over a store; safe to use from several threads.</summary>
    public ExchangeService(
        UnitStore store, SidecarOptions options, Preflight preflight, SidecarMetrics? metrics = null)
    {
        _store = store;
        _options = options;
        _preflight = preflight;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    public override async Task<BeginUploadResponse> BeginUpload(BeginUploadRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        CallTarget target = CallFacts.TargetOf(context);
        int chunk = request.ChunkSize == 0 ? DefaultChunk : request.ChunkSize;
        new FieldChecks()
            .That(request.Size >= 1, "size", "1 or more.")
            .Hex(request.Sha256, Sha256Digits, "sha256")
            .That(
                chunk is > 0 and <= LongestChunk && chunk % ChunkStep == 0,
                "chunk_size",
                "A multiple of 65,536 up to 2,097,152, or 0 for 1,048,576.")
            .That(request.Facts is { RecordCount: >= 0 }, "facts", "Needed.")
            .Require();
        if (!target.IsRepeated)
        {
            RequireRoom(request.Size);
            FileFacts.Require(request.Facts, target.Project.Terms!, caller.Party!);
        }

        UploadPlan plan = new(FileName, request.Size, Convert.FromHexString(request.Sha256), chunk)
        {
            Facts = UploadViews.WriteFacts(request.Facts),
        };
        Upload upload = await _store.Uploads.BeginAsync(
            target.Project.Id,
            caller.Party!,
            plan,
            Idempotency.Of(caller, context.Method, request.IdempotencyKey, request),
            context.CancellationToken);
        return new BeginUploadResponse { Upload = View(upload) };
    }

    /// <inheritdoc/>
    public override async Task<UploadChunkResponse> UploadChunk(
        IAsyncStreamReader<UploadChunkRequest> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken))
        {
            throw Refusals.BadField("upload_id", "Needed in the first message.");
        }

        Upload upload = CallFacts.TargetOf(context).Upload!;
        RequireRoom(upload.Plan.Length); // the limit may be lower than when the upload was begun
        ByteRanges acknowledged;
        await using (UploadSession session = await _store.Uploads.OpenAsync(upload.Id, context.CancellationToken))
        {
            long before = session.Acknowledged.Count;
            try
            {
                acknowledged = await ChunkReceiver.ReceiveAsync(
                    session, upload.Id, requestStream, context.CancellationToken);
            }
            finally
            {
                _metrics?.UploadAcknowledged(session.Acknowledged.Count - before);
            }
        }

        UploadChunkResponse response = new()
        {
            AcknowledgedOffset = acknowledged.Ranges is [{ Start: 0, End: long end }, ..] ? end : 0,
        };
        response.Acknowledged.AddRange(UploadViews.Of(acknowledged));
        return response;
    }

    /// <inheritdoc/>
    public override Task<GetUploadResponse> GetUpload(GetUploadRequest request, ServerCallContext context) =>
        Task.FromResult(new GetUploadResponse { Upload = View(CallFacts.TargetOf(context).Upload!) });

    /// <inheritdoc/>
    public override async Task<CompleteUploadResponse> CompleteUpload(
        CompleteUploadRequest request, ServerCallContext context)
    {
        CallTarget target = CallFacts.TargetOf(context);
        Upload upload = target.Upload!;
        EncodedFileHeader? header = null;
        try
        {
            Segment file = await _store.Uploads.CompleteAsync(
                upload.Id,
                (part, _) => Task.Run(() => header = UploadInspection.Inspect(part, upload, target.Project.Terms!)),
                context.CancellationToken);
            if (header is null)
            {
                using StoredFile kept = _store.Segments.OpenRead(file);
                header = UploadInspection.InspectKept(kept, upload, target.Project.Terms!);
            }
        }
        catch (RpcException) when (header is null && _store.Uploads.Find(upload.Id) is { State: UploadState.Receiving })
        {
            // It was read whole and cannot be used: nothing of it is kept.
            await _store.Uploads.DiscardAsync(upload.Id, CancellationToken.None);
            _metrics?.UploadsEnded(UploadWord.Refused);
            throw;
        }

        NoteComplete(upload);
        return new CompleteUploadResponse
        {
            Upload = View(_store.Uploads.Find(upload.Id)!),
            File = UploadViews.Summarize(upload, header),
        };
    }

    /// <inheritdoc/>
    public override async Task<PreflightResponse> Preflight(PreflightRequest request, ServerCallContext context)
    {
        CallTarget target = CallFacts.TargetOf(context);
        bool isParty = CallFacts.CallerOf(context).Party is not null;
        if (isParty && target.Upload is null)
        {
            throw Refusals.BadField("upload_id", "Needed.");
        }

        return await Task.Run(
            () => _preflight.Check(target.Project, target.Upload?.Id, isParty, context.CancellationToken),
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<DiscardUploadResponse> DiscardUpload(
        DiscardUploadRequest request, ServerCallContext context)
    {
        Upload removed = await _store.Uploads.RemoveAsync(
            CallFacts.TargetOf(context).Upload!.Id, context.CancellationToken);
        _metrics?.UploadsEnded(UploadWord.Discarded);
        return new DiscardUploadResponse { Upload = View(removed) };
    }

    /// <inheritdoc/>
    public override Task<ListUploadsResponse> ListUploads(ListUploadsRequest request, ServerCallContext context)
    {
        Caller caller = CallFacts.CallerOf(context);
        ListUploadsRequest question = new() { ProjectId = request.ProjectId };
        int size = Paging.SizeOf(request.PageSize);
        IReadOnlyList<Upload> found = _store.Uploads.Page(
            request.ProjectId, caller.Party, Paging.Read(request.PageToken, caller, question), size + 1);
        ListUploadsResponse page = new();
        page.Uploads.AddRange(found.Take(size).Select(View));
        if (found.Count > size)
        {
            Upload last = found[size - 1];
            page.NextPageToken = Paging.Write(ListCursor.After(last.CreatedAt, last.Id), caller, question);
        }

        return Task.FromResult(page);
    }

    private V1.Upload View(Upload upload) => UploadViews.Of(
        upload, _store.Segments.Find(upload.Id), _options.Uploads.Expiry);

    // Ended once, however often it is said to be.
    private void NoteComplete(Upload upload)
    {
        if (upload.State == UploadState.Receiving)
        {
            _metrics?.UploadsEnded(UploadWord.Complete);
        }
    }

    private void RequireRoom(long size)
    {
        if (size > _options.Limits.UploadBytes)
        {
            _metrics?.LimitRefused(LimitWord.Size);
            throw Refusals.OverLimit("upload", "Bytes of one file.", "The file is longer than this unit takes.");
        }
    }
}
