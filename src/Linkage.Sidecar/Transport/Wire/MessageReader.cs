using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Takes messages off a body: one flag byte, four bytes of length, payload. The length is checked against
/// the limit before the payload is waited for.</summary>
/// <remarks>
/// Every read is ended, also one that brought nothing of use: a read left open costs the caller its HTTP/1.1
/// connection, since the server cannot drain the body then.
/// </remarks>
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

    /// <summary>Bytes of the messages read, as they came.</summary>
    public long Bytes { get; private set; }

    /// <summary>Reads the next message; null at the end.</summary>
    /// <exception cref="RpcException">The body is malformed or a message too large.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageCodec<T> codec, CancellationToken cancel)
        where T : class
    {
        int needed = 1;
        IDisposable? watch = null;
        try
        {
            while (true)
            {
                ReadResult result = await _pipe.ReadWhileWantedAsync(needed, cancel);
                SequencePosition consumed = result.Buffer.End;
                SequencePosition examined = consumed;
                try
                {
                    if (result.Buffer.IsEmpty)
                    {
                        return null;
                    }

                    (byte flag, int length) = result.Buffer.Length < HeaderLength ? default : ReadHeader(result.Buffer);
                    needed = HeaderLength + length;
                    if (result.Buffer.Length >= needed)
                    {
                        ReadOnlySequence<byte> payload = result.Buffer.Slice(HeaderLength, length);
                        consumed = examined = payload.End;
                        Bytes += needed;
                        return flag == _endFlag && flag != 0 ? null : Decode(codec, payload, flag == CompressedFlag);
                    }

                    consumed = result.IsCompleted ? throw Malformed("Incomplete message.") : result.Buffer.Start;
                }
                finally
                {
                    _pipe.AdvanceTo(consumed, examined);
                }

                watch ??= _watch?.Invoke();
            }
        }
        finally
        {
            watch?.Dispose();
        }
    }

    /// <summary>Reads a body that is one bare message, as in unary Connect.</summary>
    public async ValueTask<T> ReadWholeAsync<T>(MessageCodec<T> codec, CancellationToken cancel)
        where T : class
    {
        while (true)
        {
            ReadResult result = await _pipe.ReadWhileWantedAsync(1, cancel);
            SequencePosition consumed = result.Buffer.End;
            try
            {
                if (result.Buffer.Length > _limit)
                {
                    throw new RpcException(TransportStatus.TooLargeToReceive);
                }

                if (result.IsCompleted)
                {
                    Bytes += result.Buffer.Length;
                    return Decode(codec, result.Buffer, AllowsCompression && !result.Buffer.IsEmpty);
                }

                consumed = result.Buffer.Start;
            }
            finally
            {
                _pipe.AdvanceTo(consumed, result.Buffer.End);
            }
        }
    }

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
