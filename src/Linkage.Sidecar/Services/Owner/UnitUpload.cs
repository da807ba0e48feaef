using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Linkage.V1;
using ByteRange = Linkage.V1.ByteRange;
using Upload = Linkage.V1.Upload;
using UploadState = Linkage.V1.UploadState;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The sending of one file: in windows of chunks, and only what the unit does not have.</summary>
/// <remarks>
/// The unit knows an upload by a key made of the caller's and of what is sent where, so a repeated call goes on with
/// the same upload, and another file never does: also after a restart of either process. Every attempt begins with a
/// look at the project: what was sent cannot be taken back.
/// </remarks>
internal sealed class UnitUpload
{
    // What one stream sends before it waits for the unit to have it on disk: it bounds what is sent twice.
    private const int ChunksPerWindow = 16;
    private const int LargestChunk = 2 << 20;

    // At the end the unit reads the whole file before it answers; a slow disk gives this much.
    private const double BytesReadPerSecond = 20e6;

    private readonly UnitRoute _route;
    private readonly OutgoingFile _file;
    private readonly UnitRetry _retry;
    private readonly GetProjectRequest _project;
    private readonly BeginUploadRequest _begin;
    private readonly ProjectService.ProjectServiceClient _projects;
    private readonly ExchangeService.ExchangeServiceClient _exchange;

    /// <summary>Prepares the sending of a file.</summary>
    public UnitUpload(UnitRoute route, OutgoingFile file, UnitTarget target, string key, UnitRetry retry)
    {
        _route = route;
        _file = file;
        _retry = retry;
        _project = new GetProjectRequest { ProjectId = target.ProjectId };
        string identity = $"{key} {target.Unit} {target.ProjectId} {file.Sha256}";
        _begin = new BeginUploadRequest
        {
            ProjectId = target.ProjectId,
            Size = file.Size,
            Sha256 = file.Sha256,
            Facts = file.Facts,
            IdempotencyKey = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity))),
        };
        _projects = new ProjectService.ProjectServiceClient(route.Calls);
        _exchange = new ExchangeService.ExchangeServiceClient(route.Calls);
    }

    /// <summary>Is told after every window; null if nobody asks.</summary>
    public Func<UploadEncodedResponse, Task>? Progress { get; init; }

    /// <summary>Sends until the unit has the file and found it right.</summary>
    /// <param name="time">Measures the pauses.</param>
    /// <param name="cancellation">Stops; what the unit has acknowledged stays there.</param>
    /// <returns>The upload's id at the unit.</returns>
    public async Task<string> RunAsync(TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            GetProjectResponse? answer = await TryAsync(
                async () => await _projects.GetProjectAsync(_project, _route.Within(cancellation)), time, cancellation);
            if (answer is null)
            {
                continue;
            }

            TermsCheck.Require(answer.Project, _file.Facts);
            if (await TryAsync(() => SendAsync(cancellation), time, cancellation) is { } uploadId)
            {
                return uploadId;
            }
        }
    }

    // Null, after a pause, if it is worth another attempt.
    private async Task<T?> TryAsync<T>(Func<Task<T>> call, TimeProvider time, CancellationToken cancellation)
        where T : class
    {
        TimeSpan pause;
        try
        {
            return await call();
        }
        catch (RpcException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (RpcException failure) when (UnitAnswers.IsPassing(failure) && _retry.TryNext(out pause))
        {
        }
        catch (RpcException failure)
        {
            throw UnitAnswers.ErrorOf(failure);
        }

        await Task.Delay(pause, time, cancellation);
        return null;
    }

    private async Task<string> SendAsync(CancellationToken cancellation)
    {
        BeginUploadResponse begun = await _exchange.BeginUploadAsync(_begin, _route.Within(cancellation));
        Upload upload = begun.Upload is { ChunkSize: > 0 and <= LargestChunk } sound && sound.Size == _begin.Size
            ? sound
            : throw OwnerError.UnitUnreachable();
        await TellAsync(upload);
        while (upload.State == UploadState.Open && FirstMissing(upload) < upload.Size)
        {
            UploadChunkResponse stored = await SendWindowAsync(upload, cancellation);
            long before = FirstMissing(upload);
            upload.Acknowledged.Clear();
            upload.Acknowledged.Add(stored.Acknowledged);
            if (FirstMissing(upload) <= before)
            {
                throw OwnerError.UnitUnreachable(); // it takes what it is sent and has nothing of it
            }

            _retry.NoteProgress();
            await TellAsync(upload);
        }

        TimeSpan reading = TimeSpan.FromSeconds(upload.Size / BytesReadPerSecond);
        await _exchange.CompleteUploadAsync(
            new CompleteUploadRequest { UploadId = upload.Id }, _route.Within(cancellation, reading));
        return upload.Id;
    }

    private async Task<UploadChunkResponse> SendWindowAsync(Upload upload, CancellationToken cancellation)
    {
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call =
            _exchange.UploadChunk(_route.Within(cancellation));
        long offset = FirstMissing(upload);
        long end = Math.Min(NextAcknowledged(upload, offset), offset + ((long)ChunksPerWindow * upload.ChunkSize));
        bool isTaken = true;
        for (; offset < end && isTaken; offset += upload.ChunkSize)
        {
            int length = (int)Math.Min(upload.ChunkSize, upload.Size - offset);
            byte[] data = await _file.ReadAsync(offset, length, cancellation);
            UploadChunkRequest chunk = new()
            {
                UploadId = upload.Id,
                Offset = offset,
                Sha256 = ByteString.CopyFrom(SHA256.HashData(data)),
                Data = UnsafeByteOperations.UnsafeWrap(data), // the array is nobody else's
            };
            isTaken = await TryWriteAsync(call.RequestStream, chunk, cancellation);
        }

        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    // False if the unit ended the call before it had all, or is gone: its answer says which.
    private static async Task<bool> TryWriteAsync(
        IClientStreamWriter<UploadChunkRequest> chunks, UploadChunkRequest chunk, CancellationToken cancellation)
    {
        try
        {
            await chunks.WriteAsync(chunk, cancellation);
            return true;
        }
        catch (Exception failure) when (
            failure is RpcException or InvalidOperationException or IOException or OperationCanceledException
            && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static long FirstMissing(Upload upload) =>
        upload.Acknowledged is [{ Start: 0 } first, ..] ? first.End : 0;

    private static long NextAcknowledged(Upload upload, long offset) => upload.Acknowledged
        .Where(range => range.Start >= offset)
        .Select(range => range.Start)
        .DefaultIfEmpty(upload.Size)
        .Min();

    private Task TellAsync(Upload upload) =>
        Progress is null
            ? Task.CompletedTask
            : Progress(new UploadEncodedResponse
            {
                UploadId = upload.Id,
                AcknowledgedBytes = upload.State == UploadState.Open
                    ? upload.Acknowledged.Sum((ByteRange range) => range.End - range.Start)
                    : upload.Size,
                TotalBytes = upload.Size,
            });
}
