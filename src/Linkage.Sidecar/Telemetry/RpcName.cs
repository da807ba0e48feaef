using Google.Protobuf.Reflection;
using Linkage.V1;

namespace Linkage.Sidecar.Telemetry;

/// <summary>An rpc that the process offers; registered as a service, so that figures know its name.</summary>
/// <param name="FullName">"package.Service/Method".</param>
internal sealed record RpcName(string FullName)
{
    /// <summary>Every rpc of the contract, and of the standard services beside it.</summary>
    public static IReadOnlyList<RpcName> All { get; } =
    [
        .. from file in (FileDescriptor[])
           [
               EncodingReflection.Descriptor, ProjectReflection.Descriptor, ExchangeReflection.Descriptor,
               LinkageReflection.Descriptor, AdminReflection.Descriptor, Grpc.Health.V1.HealthReflection.Descriptor,
               Grpc.Reflection.V1.ReflectionReflection.Descriptor,
               Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor,
           ]
           from service in file.Services
           from method in service.Methods
           select new RpcName($"{service.FullName}/{method.Name}"),
    ];
}
