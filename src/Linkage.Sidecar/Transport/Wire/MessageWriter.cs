using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Compression;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Puts messages and final frames into a body. It never flushes.</summary>
internal sealed class MessageWriter
{
    /// <summary>The frame that ends a gRPC-Web answer: its payload is the trailers.</summary>
    public const byte WebTrailerFlag = 0x80;

    /// <summary>The frame that ends a Connect stream: its payload is JSON.</summary>
    public const byte ConnectEndFlag = 0x02;

    private const int HeaderLength = 5;

    private readonly IBufferWriter<byte> _body;
    private readonly int? _limit;
    private readonly bool _isText;
    private readonly DirectMessage _direct;
    private long _framed;

    public MessageWriter(IBufferWriter<byte> body, int? limit, bool isText)
    {
        _body = body;
        _limit = limit;
        _isText = isText;
        _direct = new DirectMessage(body, limit);
    }

    /// <summary>Whether a serializer gave up in the middle of a frame.</summary>
    public bool IsTorn => _direct.IsTorn;

    /// <summary>Bytes of the frames written so far.</summary>
    public long Bytes => _framed + _direct.Bytes;

    /// <summary>Writes one message as a frame, compressed if a level is given.</summary>
    public void Write<T>(T message, MessageCodec<T> codec, CompressionLevel? compression)
        where T : class
    {
        if (compression is null && !_isText)
        {
            codec.Encode(message, _direct);
            return;
        }

        using PooledBuffer payload = new();
        codec.Encode(message, new BufferedMessage(payload, _limit));
        if (compression is not CompressionLevel level)
        {
            WriteFrame(0, payload.Span);
            return;
        }

        using PooledBuffer compressed = new();
        GzipCodec.Deflate(payload.Memory, compressed, level);
        WriteFrame(1, compressed.Span);
    }

    /// <summary>Writes one frame.</summary>
    public void WriteFrame(byte flag, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        header[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], payload.Length);
        if (!_isText)
        {
            _body.Write(header);
            _body.Write(payload);
            _framed += HeaderLength + payload.Length;
            return;
        }

        using PooledBuffer frame = new();
        frame.Write(header);
        frame.Write(payload);
        Span<byte> text = _body.GetSpan(Base64.GetMaxEncodedToUtf8Length(frame.Length));
        Base64.EncodeToUtf8(frame.Span, text, out _, out int written);
        _body.Advance(written);
        _framed += written;
    }
}
