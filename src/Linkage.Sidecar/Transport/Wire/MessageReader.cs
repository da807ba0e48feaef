using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Takes messages off a body: one flag byte, four bytes of length, payload. The length is checked against
/// the limit before the payload is waited for.</summary>
internal sealed class MessageReader
{
    private const int HeaderLength = 5;
    private const byte CompressedFlag = 1;

    private readonly PipeReader _pipe;
    private readonly int? _limit;
    private readonly StatusCode _malformed;
    private readonly byte _endFlag;
    private readonly Func<IDisposable>? _watch;

    /// <param name="pipe">The body.</param>
    /// <param name="limit">The most bytes of a message, before and after inflation.</param>
    /// <param name="malformed">The code for what cannot be understood.</param>
    /// <param name="endFlag">A flag that ends the messages, as in an answer of Connect; 0 for none.</param>
    /// <param name="watch">Is called when a message has begun and its rest is waited for; disposed when that is
    /// there.</param>
    public MessageReader(
        PipeReader pipe, int? limit, StatusCode malformed, byte endFlag = 0, Func<IDisposable>? watch = null)
    {
        _pipe = pipe;
        _limit = limit;
        _malformed = malformed;
        _endFlag = endFlag;
        _watch = watch;
    }

    /// <summary>Whether messages may have the compressed flag.</summary>
    public bool AllowsCompression { get; set; }

    /// <summary>Reads the next message; null at the end.</summary>
    /// <exception cref="RpcException">The body is malformed or a message too large.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageCodec<T> codec, CancellationToken cancel)
        where T : class
    {
        ReadResult result = await _pipe.ReadAtLeastAsync(1, cancel);
        if (result.Buffer.IsEmpty)
        {
            // A read that is left open costs the caller its HTTP/1.1 connection: the server cannot drain the body.
            _pipe.AdvanceTo(result.Buffer.End);
            return null;
        }

        if (result.Buffer.Length < HeaderLength || result.Buffer.Length < WholeLength(result.Buffer))
        {
            result = await ReadRestAsync(result, cancel);
        }

        (byte flag, int length) = ReadHeader(result.Buffer);
        ReadOnlySequence<byte> payload = result.Buffer.Slice(HeaderLength, length);
        T? message = flag == _endFlag && flag != 0 ? null : Decode(codec, payload, flag == CompressedFlag);
        _pipe.AdvanceTo(payload.End);
        return message;
    }

    /// <summary>Reads a body that is one bare message, as in unary Connect.</summary>
    public async ValueTask<T> ReadWholeAsync<T>(MessageCodec<T> codec, CancellationToken cancel)
        where T : class
    {
        while (true)
        {
            ReadResult result = await _pipe.ReadAsync(cancel);
            if (result.Buffer.Length > _limit)
            {
                throw new RpcException(TransportStatus.TooLargeToReceive);
            }

            if (result.IsCompleted)
            {
                T message = Decode(codec, result.Buffer, AllowsCompression && !result.Buffer.IsEmpty);
                _pipe.AdvanceTo(result.Buffer.End);
                return message;
            }

            _pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private async ValueTask<ReadResult> ReadRestAsync(ReadResult begun, CancellationToken cancel)
    {
        using IDisposable? watch = _watch?.Invoke();
        ReadResult result = begun;
        if (result.Buffer.Length < HeaderLength)
        {
            result = await ReadOnAsync(result, HeaderLength, cancel);
        }

        long whole = WholeLength(result.Buffer);
        return result.Buffer.Length < whole ? await ReadOnAsync(result, (int)whole, cancel) : result;
    }

    private async ValueTask<ReadResult> ReadOnAsync(ReadResult before, int needed, CancellationToken cancel)
    {
        _pipe.AdvanceTo(before.Buffer.Start, before.Buffer.End);
        ReadResult result = await _pipe.ReadAtLeastAsync(needed, cancel);
        return result.Buffer.Length >= needed ? result : throw Malformed("Incomplete message.");
    }

    private long WholeLength(ReadOnlySequence<byte> buffer) => HeaderLength + (long)ReadHeader(buffer).Length;

    private (byte Flag, int Length) ReadHeader(ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        if (header[0] > CompressedFlag && (header[0] != _endFlag || _endFlag == 0))
        {
            throw Malformed("A message has an unknown flag.");
        }

        if (header[0] == CompressedFlag && !AllowsCompression)
        {
            throw Malformed("A message is compressed, but no encoding was named.");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return length > (_limit ?? (int.MaxValue - HeaderLength))
            ? throw new RpcException(TransportStatus.TooLargeToReceive)
            : (header[0], (int)length);
    }

    private T Decode<T>(MessageCodec<T> codec, ReadOnlySequence<byte> payload, bool isCompressed)
        where T : class
    {
        if (!isCompressed)
        {
            return codec.Decode(payload);
        }

        using PooledBuffer inflated = new();
        GzipCodec.Inflate(payload, inflated, _limit, _malformed);
        return codec.Decode(new ReadOnlySequence<byte>(inflated.Memory));
    }

    private RpcException Malformed(string detail) => new(new Status(_malformed, detail));
}
