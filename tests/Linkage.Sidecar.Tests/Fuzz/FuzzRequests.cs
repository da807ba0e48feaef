using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Linkage.Sidecar.Transport.Wire;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Draws requests: a call of some method in some protocol, mutated or not.</summary>
internal sealed class FuzzRequests
{
    private static readonly HashSet<string> Endless = ["Watch", "WatchRun"];

    private readonly FuzzNames _names;
    private readonly FuzzMessages _messages;

    public FuzzRequests(FuzzNames names)
    {
        _names = names;
        _messages = new FuzzMessages(names);
    }

    /// <summary>Every method of the contract, and those of health and reflection.</summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. new[]
        {
            ProjectReflection.Descriptor, ExchangeReflection.Descriptor, LinkageReflection.Descriptor,
            AdminReflection.Descriptor, EncodingReflection.Descriptor, Grpc.Health.V1.HealthReflection.Descriptor,
            Grpc.Reflection.V1.ReflectionReflection.Descriptor,
            Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor,
        }.SelectMany(file => file.Services).SelectMany(service => service.Methods),
    ];

    /// <summary>The request with these numbers.</summary>
    public FuzzRequest Draw(int seed, int index)
    {
        FuzzRandom random = new(seed, index);
        MethodDescriptor method = random.Pick(Methods);
        bool isStream = method.IsClientStreaming || method.IsServerStreaming;
        WireProtocol protocol = random.Pick(isStream
            ? [WireProtocol.Grpc, WireProtocol.ConnectStream, WireProtocol.GrpcWeb, WireProtocol.GrpcWebText]
            : (WireProtocol[])
            [
                WireProtocol.Grpc, WireProtocol.ConnectUnary, WireProtocol.ConnectUnary, WireProtocol.GrpcWeb,
                WireProtocol.GrpcWebText,
            ]);
        bool isConnect = protocol is WireProtocol.ConnectUnary or WireProtocol.ConnectStream;
        bool isJson = isConnect && random.Chance(60);
        FuzzRequest request = new()
        {
            Seed = seed,
            Index = index,
            Rpc = method.FullName,
            Protocol = protocol,
            IsJson = isJson,
            IsEndless = Endless.Contains(method.Name),
            Path = $"/{method.Service.FullName}/{method.Name}",
            ContentType = ContentTypeOf(protocol, isJson),
            IsHttp1 = protocol != WireProtocol.Grpc && random.Chance(25),
            Messages =
            [
                .. _messages.DrawAll(method, random).Select(
                    message => isJson ? JsonOf(message) : message.ToByteArray()),
            ],
        };
        request.Headers["authorization"] = $"Bearer {random.Pick(_names.Tokens)}";
        new FuzzMutator(request, random, _names).Run();
        return request;
    }

    private static byte[] JsonOf(IMessage message)
    {
        try
        {
            return Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message));
        }
        catch (InvalidOperationException)
        {
            // A duration or moment that JSON has no form for; then one that has the wrong form.
            return Encoding.UTF8.GetBytes(
                """{"lifetime":"99999999999999s","terms":{"proposeTime":"0000-00-00T25:61:61Z"}}""");
        }
    }

    private static string ContentTypeOf(WireProtocol protocol, bool isJson) => protocol switch
    {
        WireProtocol.Grpc => "application/grpc",
        WireProtocol.GrpcWeb => "application/grpc-web+proto",
        WireProtocol.GrpcWebText => "application/grpc-web-text",
        WireProtocol.ConnectUnary => isJson ? "application/json" : "application/proto",
        _ => isJson ? "application/connect+json" : "application/connect+proto",
    };
}
