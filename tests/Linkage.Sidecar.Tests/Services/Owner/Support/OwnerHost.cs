using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Linkage.Sidecar.Services.Owner;
using Linkage.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>The owner's service behind a real server, on loopback and a unix socket, with all that it logs.</summary>
internal sealed class OwnerHost : IAsyncDisposable
{
    public const string SocketName = "owner.sock";

    private const string CallerHeader = "test-caller";

    private readonly WebApplication _app;
    private readonly OwnerParts _parts;
    private readonly GrpcChannel _loopback;
    private readonly GrpcChannel _unix;

    private OwnerHost(WebApplication app, OwnerParts parts, CapturedLogs logs, string socket)
    {
        _app = app;
        _parts = parts;
        Logs = logs;
        _loopback = GrpcChannel.ForAddress(
            app.Urls.First(url => url.StartsWith("http://127.", StringComparison.Ordinal)));
        _unix = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellation) =>
                {
                    Socket connection = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                    return new NetworkStream(connection, ownsSocket: true);
                },
            },
            DisposeHttpClient = true,
        });
        Client = new EncodingService.EncodingServiceClient(_loopback);
        UnixClient = new EncodingService.EncodingServiceClient(_unix);
    }

    public CapturedLogs Logs { get; }

    public EncodingService.EncodingServiceClient Client { get; }

    public EncodingService.EncodingServiceClient UnixClient { get; }

    public int SessionCount => _parts.Encoding.SessionCount;

    public static async Task<OwnerHost> StartAsync(
        OwnerFolder folder, TimeProvider? time = null, Func<string, UnitRoute?>? connect = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        string socket = Path.Join(folder.Root, SocketName);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2);
        });
        CapturedLogs logs = new();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.Services.AddGrpc();
        OwnerParts parts = new(
            folder.Directories,
            connect ?? (_ => null),
            call => call.RequestHeaders.GetValue(CallerHeader) ?? "health",
            time ?? TimeProvider.System);
        builder.Services.AddSingleton(parts).AddSingleton(time ?? TimeProvider.System);
        WebApplication app = builder.Build();
        app.MapGrpcService<OwnerEncodingService>();
        await app.StartAsync();
        return new OwnerHost(app, parts, logs, socket);
    }

    public static Metadata CalledBy(string caller) => new() { { CallerHeader, caller } };

    public async ValueTask DisposeAsync()
    {
        _loopback.Dispose();
        _unix.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _parts.Dispose();
        Logs.Dispose();
    }

    /// <summary>All that is logged, at every level and by everybody.</summary>
    internal sealed class CapturedLogs : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue(state.ToString() ?? string.Empty);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() => _lines.Clear();
    }
}
