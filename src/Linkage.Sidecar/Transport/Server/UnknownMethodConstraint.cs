using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>Lets the answer for unknown methods take calls only, and no other request of the application.</summary>
internal sealed class UnknownMethodConstraint : IRouteConstraint
{
    public const string Name = "linkageunknownmethod";

    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection)
    {
        if (httpContext is null || !WireFormat.TryParse(httpContext.Request.ContentType, out WireFormat format))
        {
            return false;
        }

        // JSON is posted to many places; a service's name has its package before it.
        return format.Protocol != WireProtocol.ConnectUnary
            || httpContext.Request.Headers.ContainsKey("connect-protocol-version")
            || (values[UnknownMethod.ServiceKey] is string service && service.Contains('.'));
    }
}
