using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller puts the bytes of a message.</summary>
internal abstract class SerializationContext
{
    /// <summary>Ends the message with bytes made elsewhere.</summary>
    public abstract void Complete(byte[] payload);

    /// <summary>Ends the message that was written to <see cref="GetBufferWriter"/>.</summary>
    public abstract void Complete();

    /// <summary>Announces the size, before the first byte.</summary>
    public abstract void SetPayloadLength(int payloadLength);

    public abstract IBufferWriter<byte> GetBufferWriter();
}
