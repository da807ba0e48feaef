using System.Buffers;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Messages of one type as bytes, in the form that the caller speaks.</summary>
internal abstract class MessageCodec<T>
    where T : class
{
    /// <summary>Reads a message from bytes that are valid only during the call.</summary>
    /// <exception cref="RpcException">They are not a message of this type.</exception>
    public abstract T Decode(ReadOnlySequence<byte> payload);

    /// <summary>Puts the bytes of a message where the context says.</summary>
    public abstract void Encode(T message, SerializationContext target);
}
