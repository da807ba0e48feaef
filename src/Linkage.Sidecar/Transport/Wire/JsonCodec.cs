using System.Buffers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Messages in protobuf's JSON form. Unknown fields are ignored, so that old servers understand new
/// clients.</summary>
internal sealed class JsonCodec<T> : MessageCodec<T>
    where T : class
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly MessageDescriptor _descriptor;
    private readonly JsonFormatter _formatter;
    private readonly JsonParser _parser;

    private JsonCodec(MessageDescriptor descriptor)
    {
        TypeRegistry types = TypeRegistry.FromFiles(descriptor.File);
        _descriptor = descriptor;
        _formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(types));
        _parser = new JsonParser(JsonParser.Settings.Default.WithIgnoreUnknownFields(true).WithTypeRegistry(types));
    }

    /// <summary>The codec of a protobuf message type; null for any other.</summary>
    public static JsonCodec<T>? Create() =>
        Activator.CreateInstance<T>() is IMessage message ? new JsonCodec<T>(message.Descriptor) : null;

    public override T Decode(ReadOnlySequence<byte> payload)
    {
        try
        {
            return (T)_parser.Parse(Strict.GetString(payload), _descriptor);
        }
        catch (Exception wrong) when (wrong is IOException or InvalidOperationException or FormatException
            or DecoderFallbackException)
        {
            // The parser's own words quote the input, so they go no further.
            throw new RpcException(new Status(StatusCode.InvalidArgument, "A message is not valid JSON of its type."));
        }
    }

    public override void Encode(T message, SerializationContext target) =>
        target.Complete(Strict.GetBytes(_formatter.Format((IMessage)message)));
}
