using System.Diagnostics;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Unit.Exchange;
using Linkage.V1;
using ExchangeService = Linkage.V1.ExchangeService;

namespace Linkage.Sidecar.Load;

/// <summary>One party's side of an upload.</summary>
internal sealed class Exchange(GrpcChannel channel, Metadata headers)
{
    private readonly ExchangeService.ExchangeServiceClient _unit = new(channel);

    /// <summary>The upload that was begun last.</summary>
    public string UploadId { get; private set; } = string.Empty;

    /// <summary>Sends a file as one stream of chunks, then ends the upload.</summary>
    /// <param name="path">The file.</param>
    /// <param name="projectId">The project.</param>
    /// <returns>Time until all was acknowledged, and until the file was checked as a whole and kept.</returns>
    public async Task<(TimeSpan Acknowledged, TimeSpan Complete)> SendAsync(string path, string projectId)
    {
        BeginUploadRequest begin = await AnnounceAsync(path, projectId);
        long start = Stopwatch.GetTimestamp();
        Upload upload = (await _unit.BeginUploadAsync(begin, headers)).Upload;
        UploadId = upload.Id;
        using AsyncClientStreamingCall<UploadChunkRequest, UploadChunkResponse> call = _unit.UploadChunk(headers);
        await WriteAsync(call.RequestStream, path, upload);
        UploadChunkResponse stored = await call.ResponseAsync;
        TimeSpan acknowledged = Stopwatch.GetElapsedTime(start);
        await _unit.CompleteUploadAsync(new CompleteUploadRequest { UploadId = upload.Id }, headers);
        return stored.AcknowledgedOffset == upload.Size
            ? (acknowledged, Stopwatch.GetElapsedTime(start))
            : throw new InvalidOperationException("The unit has not acknowledged all.");
    }

    /// <summary>Deletes the upload that was begun last.</summary>
    public async Task DiscardAsync() =>
        await _unit.DiscardUploadAsync(new DiscardUploadRequest { UploadId = UploadId }, headers);

    private static async Task<BeginUploadRequest> AnnounceAsync(string path, string projectId)
    {
        using var file = EncodedFile.Open(path);
        await using FileStream bytes = File.OpenRead(path);
        return new BeginUploadRequest
        {
            IdempotencyKey = RandomNumberGenerator.GetHexString(32, lowercase: true),
            ProjectId = projectId,
            Size = bytes.Length,
            Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes)),
            Facts = UploadViews.FactsOf(file.Header),
        };
    }

    private static async Task WriteAsync(IClientStreamWriter<UploadChunkRequest> chunks, string path, Upload upload)
    {
        // One buffer does: a write has sent its bytes when it ends.
        byte[] buffer = new byte[upload.ChunkSize];
        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        for (long offset = 0; offset < upload.Size; offset += upload.ChunkSize)
        {
            Memory<byte> chunk = buffer.AsMemory(0, (int)Math.Min(upload.ChunkSize, upload.Size - offset));
            file.ReadExactly(chunk.Span);
            await chunks.WriteAsync(new UploadChunkRequest
            {
                UploadId = upload.Id,
                Offset = offset,
                Crc32C = ChunkChecksum.Crc32C(chunk.Span),
                Data = UnsafeByteOperations.UnsafeWrap(chunk),
            });
        }

        await chunks.CompleteAsync();
    }
}
