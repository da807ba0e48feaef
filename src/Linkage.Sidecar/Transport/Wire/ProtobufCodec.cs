using System.Buffers;
using Google.Protobuf;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Messages as the marshaller of the generated code writes them.</summary>
internal sealed class ProtobufCodec<T>(Marshaller<T> marshaller, StatusCode malformed) : MessageCodec<T>
    where T : class
{
    public override T Decode(ReadOnlySequence<byte> payload)
    {
        try
        {
            return marshaller.ContextualDeserializer(new PayloadContext(payload));
        }
        catch (InvalidProtocolBufferException wrong)
        {
            throw new RpcException(new Status(malformed, "A message is not valid protobuf.", wrong));
        }
    }

    public override void Encode(T message, SerializationContext target) =>
        marshaller.ContextualSerializer(message, target);
}
