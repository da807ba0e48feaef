namespace Linkage.Sidecar.Transport.Server;

/// <summary>Applies a convention to every route of a service.</summary>
internal sealed class GrpcConventions(IReadOnlyList<IEndpointConventionBuilder> routes) : IEndpointConventionBuilder
{
    public void Add(Action<EndpointBuilder> convention)
    {
        foreach (IEndpointConventionBuilder route in routes)
        {
            route.Add(convention);
        }
    }
}
