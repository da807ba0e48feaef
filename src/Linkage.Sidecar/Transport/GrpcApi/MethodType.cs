namespace Grpc.Core;

/// <summary>Which side sends how many messages.</summary>
internal enum MethodType
{
    Unary,
    ClientStreaming,
    ServerStreaming,
    DuplexStreaming,
}
