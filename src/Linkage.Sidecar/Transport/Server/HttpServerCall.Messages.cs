using System.IO.Compression;
using System.IO.Pipelines;
using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <content>The messages of the call.</content>
internal sealed partial class HttpServerCall
{
    // Small messages that a writer marks as hints wait until so many bytes are there.
    private const int HintedBytes = 32 * 1024;

    private Task _write = Task.CompletedTask;
    private PooledBuffer? _bareAnswer;
    private CompressionLevel? _compression;

    /// <summary>Reads the next request message; null at the end.</summary>
    public async ValueTask<T?> ReadAsync<T>(MessageCodec<T> codec, CancellationToken cancel)
        where T : class
    {
        try
        {
            return _format.Protocol == WireProtocol.ConnectUnary
                ? await _reader.ReadWholeAsync(codec, cancel)
                : await _reader.ReadAsync(codec, cancel);
        }
        catch (IOException gone)
        {
            // A torn body may be noticed before the token of the request fires; for a handler it is the same.
            await _cancel.CancelAsync();
            throw new OperationCanceledException("The caller went away.", gone, _cancelled);
        }
    }

    /// <summary>Reads the one request message of a call that has one.</summary>
    public async ValueTask<T> ReadOnlyAsync<T>(MessageCodec<T> codec)
        where T : class
    {
        ValueTask<T> read = ReadSingleAsync(codec);
        if (read.IsCompleted)
        {
            return await read;
        }

        using ITimer watch = WatchMessage();
        return await read;
    }

    private async ValueTask<T> ReadSingleAsync<T>(MessageCodec<T> codec)
        where T : class
    {
        T message = await ReadAsync(codec, _cancelled)
            ?? throw new RpcException(new Status(StatusCode.Unimplemented, "A request message is missing."));
        return _format.Protocol == WireProtocol.ConnectUnary || await ReadAsync(codec, _cancelled) is null
            ? message
            : throw new RpcException(new Status(StatusCode.Unimplemented, "There is more than one request message."));
    }

    /// <summary>Sends the only answer; it travels with the status.</summary>
    public Task WriteOnlyAsync<T>(T message, MessageCodec<T> codec)
        where T : class => WriteAsync(message, codec, WriteOptionsCore, isOnly: true, CancellationToken.None);

    /// <summary>Sends one of many answers.</summary>
    /// <exception cref="InvalidOperationException">The previous write has not ended, or the call has.</exception>
    public Task WriteAsync<T>(T message, MessageCodec<T> codec, WriteOptions? options, CancellationToken cancel)
        where T : class => WriteAsync(message, codec, options, isOnly: false, cancel);

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        lock (_gate)
        {
            ThrowIfClosedOrBusy();
            return _write = SendHeadersAsync(responseHeaders);
        }
    }

    private async Task SendHeadersAsync(Metadata responseHeaders)
    {
        HttpResponse response = HttpContext.Response;
        if (response.HasStarted)
        {
            throw new InvalidOperationException("The response headers were sent already.");
        }

        foreach (Metadata.Entry entry in responseHeaders)
        {
            if (!MetadataCodec.TryWrite(entry, out string value) || MetadataCodec.IsHidden(entry.Key))
            {
                throw new ArgumentException($"The header {entry.Key} cannot be sent.", nameof(responseHeaders));
            }

            AppendHeader(entry.Key, value);
        }

        // A unary answer of Connect has its trailers in its head, so the head must wait for the handler's end.
        if (_format.Protocol != WireProtocol.ConnectUnary)
        {
            await response.StartAsync();
            await response.BodyWriter.FlushAsync();
        }
    }

    private Task WriteAsync<T>(
        T message, MessageCodec<T> codec, WriteOptions? options, bool isOnly, CancellationToken cancel)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        cancel.ThrowIfCancellationRequested();
        WriteFlags flags = (options ?? WriteOptionsCore)?.Flags ?? default;
        lock (_gate)
        {
            ThrowIfClosedOrBusy();
            return _write = WriteCoreAsync(message, codec, flags, isOnly);
        }
    }

    // Under the lock. One write at a time, and none after the end of the call.
    private void ThrowIfClosedOrBusy()
    {
        _cancelled.ThrowIfCancellationRequested();
        if (_hasEnded)
        {
            throw _forcedEnd is null
                ? new InvalidOperationException("The call has ended.")
                : new OperationCanceledException("The call has ended.");
        }

        if (!_write.IsCompleted)
        {
            throw new InvalidOperationException("The previous write has not ended.");
        }
    }

    private async Task WriteCoreAsync<T>(T message, MessageCodec<T> codec, WriteFlags flags, bool isOnly)
        where T : class
    {
        if (_format.Protocol == WireProtocol.ConnectUnary)
        {
            _bareAnswer = new PooledBuffer();
            codec.Encode(message, new BufferedMessage(_bareAnswer, _settings.Options.MaxSendMessageSize));
            return;
        }

        CompressionLevel? compression = (flags & WriteFlags.NoCompress) == 0 ? _compression : null;
        HttpResponse response = HttpContext.Response;

        // Before the first byte: only a started response tells a trailer from a header.
        if (!response.HasStarted)
        {
            await response.StartAsync();
        }

        _writer.Write(message, codec, compression);
        bool mayWait = isOnly || ((flags & WriteFlags.BufferHint) != 0 && HasRoom(response.BodyWriter));
        if (!mayWait)
        {
            FlushResult flushed = await FlushAsync(response.BodyWriter);
            if (flushed.IsCompleted || flushed.IsCanceled)
            {
                throw new OperationCanceledException("The caller went away.");
            }
        }
    }

    private ValueTask<FlushResult> FlushAsync(PipeWriter body)
    {
        ValueTask<FlushResult> flush = body.FlushAsync();
        return flush.IsCompleted ? flush : WaitForReaderAsync(flush);
    }

    private async ValueTask<FlushResult> WaitForReaderAsync(ValueTask<FlushResult> flush)
    {
        using ITimer watch = WatchMessage();
        return await flush;
    }

    private static bool HasRoom(PipeWriter body) => body.CanGetUnflushedBytes && body.UnflushedBytes < HintedBytes;
}
