using System.Buffers;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Collects the bytes of one message to send, so that they can be compressed or turned into text.</summary>
internal sealed class BufferedMessage(PooledBuffer target, int? limit) : SerializationContext
{
    public override void SetPayloadLength(int payloadLength) => Check(payloadLength);

    public override IBufferWriter<byte> GetBufferWriter() => target;

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        Check(payload.Length);
        target.Write(payload);
    }

    public override void Complete() => Check(target.Length);

    private void Check(int length)
    {
        if (length > limit)
        {
            throw new RpcException(TransportStatus.TooLargeToSend);
        }
    }
}
