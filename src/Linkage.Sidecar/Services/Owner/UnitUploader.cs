using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using ByteRange = Linkage.V1.ByteRange;
using Upload = Linkage.V1.Upload;
using UploadState = Linkage.V1.UploadState;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Sends an encoded file to a unit in windows of chunks, and only what the unit does not have.</summary>
/// <remarks>
/// The unit knows an upload by a key made of the caller's and of what is sent where, so a repeated call goes on with the
/// same upload, and another file never does. Thread-safe.
/// </remarks>
internal sealed class UnitUploader(Func<string, CallInvoker?> connect)
{
    // What one stream sends before it waits for the unit to have it on disk: progress, and a bound on what is sent twice.
    private const int ChunksPerWindow = 16;
    private const int LargestChunk = 2 << 20;

    /// <summary>Checks that the configuration knows the unit.</summary>
    public void CheckTarget(UnitTarget? target, string field)
    {
        if (target is null)
        {
            throw OwnerError.BadField(field, "is missing");
        }

        if (target.ProjectId.Length == 0)
        {
            throw OwnerError.BadField($"{field}.project_id", "is missing");
        }

        if (connect(target.Unit) is null)
        {
            throw OwnerError.BadField($"{field}.unit", "is no unit of the server's configuration");
        }
    }

    /// <summary>Sends a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">The project it goes to.</param>
    /// <param name="key">The caller's name for the upload.</param>
    /// <param name="progress">Is told after every window; null if nobody asks.</param>
    /// <param name="cancellation">Stops; what the unit has acknowledged stays there.</param>
    /// <returns>The upload's id at the unit.</returns>
    /// <exception cref="RpcException">The unit cannot be reached or refuses; its error is passed on.</exception>
    public async Task<string> SendAsync(
        string path,
        UnitTarget target,
        string key,
        Func<UploadEncodedResponse, Task>? progress,
        CancellationToken cancellation)
    {
        ExchangeService.ExchangeServiceClient unit = new(connect(target.Unit) ?? throw OwnerError.UnitUnreachable());
        try
        {
            Upload upload = await BeginAsync(unit, path, target, key, cancellation);
            await using FileStream file = new(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous);
            await TellAsync(progress, upload);
            while (upload.State == UploadState.Open && FirstMissing(upload) < upload.Size)
            {
                UploadChunkResponse stored = await SendWindowAsync(unit, file, upload, cancellation);
                upload.Acknowledged.Clear();
                upload.Acknowledged.Add(stored.Acknowledged);
                await TellAsync(progress, upload);
            }

            await unit.CompleteUploadAsync(
                new CompleteUploadRequest { UploadId = upload.Id }, cancellationToken: cancellation);
            return upload.Id;
        }
        catch (RpcException failure) when (IsUnreachable(failure))
        {
            throw OwnerError.UnitUnreachable();
        }
    }

    private static async Task<Upload> BeginAsync(
        ExchangeService.ExchangeServiceClient unit,
        string path,
        UnitTarget target,
        string key,
        CancellationToken cancellation)
    {
        byte[] sha256 = await FileChecksum.ComputeAsync(path, cancellation);
        BeginUploadRequest begin = new()
        {
            ProjectId = target.ProjectId,
            Size = new FileInfo(path).Length,
            Sha256 = Convert.ToHexStringLower(sha256),
            Facts = ReadFacts(path),
        };
        string identity = $"{key} {target.Unit} {target.ProjectId} {begin.Sha256}";
        begin.IdempotencyKey = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
        BeginUploadResponse begun = await unit.BeginUploadAsync(begin, cancellationToken: cancellation);
        return begun.Upload is { ChunkSize: > 0 and <= LargestChunk } upload && upload.Size == begin.Size
            ? upload
            : throw OwnerError.UnitUnreachable();
    }

    private static EncodingFacts ReadFacts(string path)
    {
        try
        {
            using EncodedFile file = EncodedFile.Open(path);
            return EncodedSummaries.FactsOf(file.Header);
        }
        catch (FormatException)
        {
            throw OwnerError.Unusable("encoded file", "it is damaged, or none");
        }
    }

    private static async Task<UploadChunkResponse> SendWindowAsync(
        ExchangeService.ExchangeServiceClient unit, FileStream file, Upload upload, CancellationToken cancellation)
    {
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call =
            unit.UploadChunk(cancellationToken: cancellation);
        try
        {
            await WriteWindowAsync(call.RequestStream, file, upload, cancellation);
        }
        catch (Exception failure) when (
            failure is RpcException or InvalidOperationException or IOException or OperationCanceledException
            && !cancellation.IsCancellationRequested)
        {
            // The unit ended the call before it had all, or is gone: its answer says which.
            return await call.ResponseAsync;
        }

        return await call.ResponseAsync;
    }

    private static async Task WriteWindowAsync(
        IClientStreamWriter<UploadChunkRequest> chunks, FileStream file, Upload upload, CancellationToken cancellation)
    {
        long offset = FirstMissing(upload);
        long end = Math.Min(NextAcknowledged(upload, offset), offset + ((long)ChunksPerWindow * upload.ChunkSize));
        for (; offset < end; offset += upload.ChunkSize)
        {
            byte[] data = new byte[(int)Math.Min(upload.ChunkSize, upload.Size - offset)];
            file.Position = offset;
            await file.ReadExactlyAsync(data, cancellation);
            UploadChunkRequest chunk = new()
            {
                UploadId = upload.Id,
                Offset = offset,
                Sha256 = ByteString.CopyFrom(SHA256.HashData(data)),
                Data = UnsafeByteOperations.UnsafeWrap(data), // the array is nobody else's
            };
            await chunks.WriteAsync(chunk, cancellation);
        }

        await chunks.CompleteAsync();
    }

    private static long FirstMissing(Upload upload) =>
        upload.Acknowledged is [{ Start: 0 } first, ..] ? first.End : 0;

    private static long NextAcknowledged(Upload upload, long offset) => upload.Acknowledged
        .Where(range => range.Start >= offset)
        .Select(range => range.Start)
        .DefaultIfEmpty(upload.Size)
        .Min();

    private static Task TellAsync(Func<UploadEncodedResponse, Task>? progress, Upload upload) =>
        progress is null
            ? Task.CompletedTask
            : progress(new UploadEncodedResponse
            {
                UploadId = upload.Id,
                AcknowledgedBytes = upload.State == UploadState.Open
                    ? upload.Acknowledged.Sum((ByteRange range) => range.End - range.Start)
                    : upload.Size,
                TotalBytes = upload.Size,
            });

    // Whom the transport could not reach has sent no details.
    private static bool IsUnreachable(RpcException failure) =>
        failure.StatusCode == StatusCode.Unavailable && failure.Trailers.Get(OwnerError.DetailsKey) is null;
}
