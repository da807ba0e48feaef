using Grpc.Core;
using Linkage.Sidecar.Transport.Wire;

namespace Linkage.Sidecar.Transport.Server;

/// <summary>Answers the HTTP requests for one method of a service.</summary>
/// <param name="method">The method.</param>
/// <param name="settings">What all calls share.</param>
/// <param name="invoke">Reads, calls the service through its interceptors, and writes.</param>
internal sealed class MethodHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, CallSettings settings, MethodInvoker<TRequest, TResponse> invoke)
    where TRequest : class
    where TResponse : class
{
    private readonly MessageCodec<TRequest>? _jsonRequests = JsonCodec<TRequest>.Create();
    private readonly MessageCodec<TResponse>? _jsonResponses = JsonCodec<TResponse>.Create();
    private readonly ProtobufCodec<TRequest> _requests = new(method.RequestMarshaller, StatusCode.Internal);
    private readonly ProtobufCodec<TRequest> _connectRequests =
        new(method.RequestMarshaller, StatusCode.InvalidArgument);
    private readonly ProtobufCodec<TResponse> _responses = new(method.ResponseMarshaller, StatusCode.Internal);

    public async Task HandleAsync(HttpContext http)
    {
        if (!Negotiation.TryAccept(http, out WireFormat format))
        {
            return;
        }

        if (!format.Carries(method.Type) || (format.IsJson && (_jsonRequests is null || _jsonResponses is null)))
        {
            Negotiation.RefuseContentType(http);
            return;
        }

        await using HttpServerCall call = new(http, format, method.FullName, settings);
        MessageCodec<TRequest> requests = format switch
        {
            { IsJson: true } => _jsonRequests!,
            { IsConnect: true } => _connectRequests,
            _ => _requests,
        };
        MessageCodec<TResponse> responses = format.IsJson ? _jsonResponses! : _responses;
        await call.RunAsync(running => invoke(running, requests, responses));
    }
}
