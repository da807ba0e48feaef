using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Client;

/// <summary>The body of a request that is written while it is being sent.</summary>
internal sealed class ClientRequest<T> : HttpContent, IClientStreamWriter<T>
    where T : class
{
    private readonly MessageCodec<T> _codec;
    private readonly WriteOptions? _defaults;
    private readonly int? _limit;
    private readonly bool _compresses;
    private readonly CancellationToken _cancel;
    private readonly TaskCompletionSource<PipeWriter> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MessageWriter? _writer;
    private Task _write = Task.CompletedTask;

    public ClientRequest(
        MessageCodec<T> codec, WriteOptions? defaults, int? limit, bool compresses, CancellationToken cancel)
    {
        _codec = codec;
        _defaults = defaults;
        _limit = limit;
        _compresses = compresses;
        _cancel = cancel;
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_complete.Task.IsCompleted)
        {
            throw new InvalidOperationException("The request was completed already.");
        }

        if (!_write.IsCompleted)
        {
            throw new InvalidOperationException("The previous write has not ended.");
        }

        return _write = WriteCoreAsync(message, cancellationToken);
    }

    public Task CompleteAsync()
    {
        _complete.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Ends waiting writers, whatever became of the request.</summary>
    public void Abandon()
    {
        _opened.TrySetCanceled(CancellationToken.None);
        _complete.TrySetResult();
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        PipeWriter writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        _writer = new MessageWriter(writer, _limit, isText: false);

        // The head of the request goes out now; the first message may come much later.
        await stream.FlushAsync(_cancel);
        _opened.TrySetResult(writer);
        await _complete.Task.WaitAsync(_cancel);
        await _write;
        await writer.CompleteAsync();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    private async Task WriteCoreAsync(T message, CancellationToken cancel)
    {
        WriteFlags flags = (WriteOptions ?? _defaults)?.Flags ?? default;
        PipeWriter body = await _opened.Task.WaitAsync(cancel);
        bool compresses = _compresses && (flags & WriteFlags.NoCompress) == 0;
        _writer!.Write(message, _codec, compresses ? CompressionLevel.Fastest : null);
        if ((flags & WriteFlags.BufferHint) == 0)
        {
            await body.FlushAsync(_cancel);
        }
    }
}
