using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>The services that were mapped, for reflection and health.</summary>
internal sealed class ServiceRegistry
{
    private readonly List<ServiceDescriptor> _services = [];

    /// <summary>In the order of mapping.</summary>
    public IReadOnlyList<ServiceDescriptor> Services => _services;

    /// <summary>Whether the answer for unknown methods was mapped.</summary>
    public bool HasFallback { get; set; }

    public void Add(ServiceDescriptor service) => _services.Add(service);
}
