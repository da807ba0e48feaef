using System.Buffers;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>The bytes of one received message, for a marshaller.</summary>
internal sealed class PayloadContext(ReadOnlySequence<byte> payload) : DeserializationContext
{
    public override int PayloadLength => (int)payload.Length;

    public override byte[] PayloadAsNewBuffer() => payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => payload;
}
