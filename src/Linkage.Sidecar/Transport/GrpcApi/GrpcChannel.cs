using Grpc.Core;
using Linkage.Sidecar.Transport.Client;

namespace Grpc.Net.Client;

/// <summary>A way to a server, with one pool of connections; shared by any number of clients and threads.</summary>
internal sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly HttpCallInvoker _invoker;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
#pragma warning disable CA2000 // the invoker owns the handler it is given
        _http = options.HttpHandler is null
            ? new HttpMessageInvoker(new SocketsHttpHandler { EnableMultipleHttp2Connections = true })
            : new HttpMessageInvoker(options.HttpHandler, options.DisposeHttpClient);
#pragma warning restore CA2000
        _invoker = new HttpCallInvoker(_http, address, options, TimeProvider.System);
    }

    public static GrpcChannel ForAddress(string address) => ForAddress(new Uri(address), new GrpcChannelOptions());

    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) =>
        ForAddress(new Uri(address), channelOptions);

    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return new GrpcChannel(address, channelOptions);
    }

    public override CallInvoker CreateCallInvoker() => _invoker;

    public void Dispose() => _http.Dispose();
}
