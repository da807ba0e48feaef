using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller finds the bytes of a message.</summary>
internal abstract class DeserializationContext
{
    public abstract int PayloadLength { get; }

    /// <summary>A copy that the caller may keep.</summary>
    public abstract byte[] PayloadAsNewBuffer();

    /// <summary>The bytes in place; valid only while the marshaller runs.</summary>
    public abstract ReadOnlySequence<byte> PayloadAsReadOnlySequence();
}
