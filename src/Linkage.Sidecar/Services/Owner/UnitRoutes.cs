using System.Net.Sockets;
using Grpc.Net.Client;
using Linkage.Sidecar.Hosting;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The ways to the units of the configuration: one channel each, for the life of the process.</summary>
/// <remarks>Files are read once; one that was replaced counts from the next start. Thread-safe.</remarks>
internal sealed class UnitRoutes : IDisposable
{
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, UnitRoute> _routes = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _owned = [];

    private UnitRoutes()
    {
    }

    /// <summary>Loads what the units need; nothing is connected yet.</summary>
    /// <exception cref="SidecarOptionsException">A file does not hold what its member promises.</exception>
    public static UnitRoutes Load(IReadOnlyList<UnitOptions> units, TimeProvider time)
    {
        UnitRoutes routes = new();
        try
        {
            foreach (UnitOptions unit in units)
            {
                routes.Add(unit, time);
            }

            return routes;
        }
        catch
        {
            routes.Dispose();
            throw;
        }
    }

    /// <summary>The way to a unit; null if the configuration has none of this name.</summary>
    public UnitRoute? Find(string name) => _routes.GetValueOrDefault(name);

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--)
        {
            _owned[i].Dispose();
        }

        _owned.Clear();
    }

    private void Add(UnitOptions unit, TimeProvider time)
    {
        UnitIdentity identity = UnitIdentity.Load(unit, time);
        _owned.Add(identity);
        GrpcChannel channel = GrpcChannel.ForAddress(
            unit.Address ?? new Uri("http://localhost"),
            new GrpcChannelOptions { HttpHandler = CreateHandler(unit, identity), DisposeHttpClient = true });
        _owned.Add(channel);
        UnitRoute route = new(channel.CreateCallInvoker(), unit);
        _owned.Add(route);
        _routes.Add(unit.Name, route);
    }

    private static HttpMessageHandler CreateHandler(UnitOptions unit, UnitIdentity identity)
    {
        SocketsHttpHandler handler = new()
        {
            SslOptions = identity.CreateTls(),
            ConnectTimeout = unit.ConnectTime,
            EnableMultipleHttp2Connections = true,
            // Encodings go to the configured address and nowhere else: not by way of the environment's proxy, and not
            // where an answer points.
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTimeout,
        };
        if (unit.Socket is { } path)
        {
            handler.ConnectCallback = (_, cancellation) => ConnectAsync(path, cancellation);
        }

        return identity.Token is { } token ? new BearerHandler(token, handler) : handler;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
#pragma warning disable CA2000 // the stream owns the socket, and where there is none the socket is closed below
        Socket connection = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
#pragma warning restore CA2000
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
