using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Lets a marshaller write its message straight into the body, behind the five bytes of its frame. One
/// instance serves a whole stream.</summary>
internal sealed class DirectMessage(IBufferWriter<byte> body, int? limit) : SerializationContext
{
    private const int HeaderLength = 5;

    private bool _isBegun;

    /// <summary>Whether a frame was begun and not ended: nothing sensible can follow it any more.</summary>
    public bool IsTorn => _isBegun;

    /// <summary>Bytes of the frames begun so far.</summary>
    public long Bytes { get; private set; }

    public override void SetPayloadLength(int payloadLength)
    {
        if (payloadLength > limit)
        {
            throw new RpcException(TransportStatus.TooLargeToSend);
        }

        Span<byte> header = body.GetSpan(HeaderLength);
        header[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], payloadLength);
        body.Advance(HeaderLength);
        Bytes += HeaderLength + payloadLength;
        _isBegun = true;
    }

    public override IBufferWriter<byte> GetBufferWriter() => _isBegun
        ? body
        : throw new InvalidOperationException("The length of a message is announced before its bytes.");

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (!_isBegun)
        {
            SetPayloadLength(payload.Length);
        }

        body.Write(payload);
        Complete();
    }

    public override void Complete() => _isBegun = false;
}
