namespace Linkage.Sidecar.Transport.Wire;

/// <summary>The ways in which a call travels over HTTP.</summary>
internal enum WireProtocol
{
    Grpc,
    GrpcWeb,
    GrpcWebText,
    ConnectUnary,
    ConnectStream,
}
