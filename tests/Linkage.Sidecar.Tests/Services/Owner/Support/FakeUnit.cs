using System.Security.Cryptography;
using Grpc.Core;
using Linkage.V1;
using ByteRange = Linkage.V1.ByteRange;
using Upload = Linkage.V1.Upload;
using UploadState = Linkage.V1.UploadState;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>A unit that takes one file, chunk by chunk, and can break off.</summary>
internal sealed class FakeUnit : ExchangeService.ExchangeServiceBase
{
    public const int ChunkSize = 65_536;

    private readonly Dictionary<string, Upload> _uploads = [];
    private byte[] _content = [];

    /// <summary>How many chunks are taken before a call breaks off; it then takes all.</summary>
    public int ChunksUntilFailure { get; set; } = int.MaxValue;

    /// <summary>How often each chunk was taken.</summary>
    public Dictionary<long, int> Taken { get; } = [];

    /// <summary>What every announcement is answered with; null to take it.</summary>
    public RpcException? Refusal { get; set; }

    /// <summary>Whether chunks are taken, and nothing acknowledged.</summary>
    public bool Forgets { get; set; }

    public int Completed { get; private set; }

    public EncodingFacts? Facts { get; private set; }

    public ReadOnlySpan<byte> Content => _content;

    public override Task<BeginUploadResponse> BeginUpload(BeginUploadRequest request, ServerCallContext context)
    {
        if (Refusal is not null)
        {
            throw Refusal;
        }

        if (!_uploads.TryGetValue(request.IdempotencyKey, out Upload? upload))
        {
            upload = new Upload
            {
                Id = $"upload-{_uploads.Count}",
                Size = request.Size,
                Sha256 = request.Sha256,
                ChunkSize = ChunkSize,
                State = UploadState.Open,
            };
            _uploads.Add(request.IdempotencyKey, upload);
            _content = new byte[request.Size];
            Facts = request.Facts;
        }

        return Task.FromResult(new BeginUploadResponse { Upload = upload });
    }

    public override async Task<UploadChunkResponse> UploadChunk(
        IAsyncStreamReader<UploadChunkRequest> requestStream, ServerCallContext context)
    {
        Upload upload = _uploads.Values.Last();
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            Take(upload, requestStream.Current);
        }

        UploadChunkResponse response = new();
        response.Acknowledged.Add(Forgets ? [] : upload.Acknowledged);
        return response;
    }

    public override Task<CompleteUploadResponse> CompleteUpload(
        CompleteUploadRequest request, ServerCallContext context)
    {
        Upload upload = _uploads.Values.Single(one => one.Id == request.UploadId);
        Assert.Equal(upload.Sha256, Convert.ToHexStringLower(SHA256.HashData(_content)));
        upload.State = UploadState.Complete;
        Completed++;
        return Task.FromResult(new CompleteUploadResponse { Upload = upload });
    }

    private void Take(Upload upload, UploadChunkRequest chunk)
    {
        if (ChunksUntilFailure-- == 0)
        {
            ChunksUntilFailure = int.MaxValue;
            throw new RpcException(new Status(StatusCode.Unavailable, "broken off"));
        }

        Assert.Equal(SHA256.HashData(chunk.Data.Span), chunk.Sha256.ToByteArray());
        chunk.Data.Span.CopyTo(_content.AsSpan((int)chunk.Offset));
        Taken[chunk.Offset] = Taken.GetValueOrDefault(chunk.Offset) + 1;
        long end = Math.Max(upload.Acknowledged.LastOrDefault()?.End ?? 0, chunk.Offset + chunk.Data.Length);
        upload.Acknowledged.Clear();
        upload.Acknowledged.Add(new ByteRange { Start = 0, End = end });
    }
}
