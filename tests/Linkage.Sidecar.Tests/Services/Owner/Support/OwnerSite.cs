using System.Text.Json.Nodes;
using Grpc.Net.Client;
using Linkage.Bloom.Keys;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>An installation of a real owner in a process of its own, with a schema and a key.</summary>
internal sealed class OwnerSite : IDisposable
{
    private const int ListenerCount = 4;

    private readonly ConfigFolder _folder = new(SidecarRoles.Owner);
    private RunningProcess? _process;
    private GrpcChannel? _channel;

    public OwnerSite(LinkageKey key)
    {
        OwnerFolder.Schema.Save(_folder.PathOf($"schemas/{OwnerFolder.SchemaName}"));
        key.Save(_folder.PathOf($"keys/{OwnerFolder.KeyName}"));
    }

    public string Root => _folder.Root;

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Adds a unit to the configuration, reached by its unix socket and a token.</summary>
    public void AddUnit(UnitSite site) => _folder.Change(root => root["units"] = new JsonObject
    {
        ["unit"] = new JsonObject
        {
            ["address"] = $"unix:{site.Socket}",
            ["token"] = site.PathOf("clients/health.token"),
            ["retrySeconds"] = 600,
        },
    });

    /// <summary>Starts the process.</summary>
    /// <returns>A client that is let in.</returns>
    public async Task<EncodingService.EncodingServiceClient> StartAsync()
    {
        Dictionary<string, string> environment = new(ConfigFolder.FreePorts)
        {
            // Even if somebody turns the framework's own log up.
            ["Logging__LogLevel__Default"] = "Trace",
        };
        environment.Remove("LINKAGE__Listeners__Tls__Address");
        _process = await RunningProcess.StartAsync(_folder.Config, environment, ListenerCount);
#pragma warning disable CA2000 // the channel disposes the handlers it is given
        _channel = GrpcChannel.ForAddress(_process.Address, new GrpcChannelOptions
        {
            HttpHandler = new BearerHandler(
                File.ReadAllText(PathOf("clients/health.token")).Trim(), new SocketsHttpHandler()),
            DisposeHttpClient = true,
        });
#pragma warning restore CA2000
        return new EncodingService.EncodingServiceClient(_channel);
    }

    /// <summary>Ends the process cleanly.</summary>
    /// <returns>All that it wrote to its outputs.</returns>
    public Task<string> StopAsync() => _process!.StopAsync();

    public void Dispose()
    {
        _channel?.Dispose();
        _process?.Dispose();
        _folder.Dispose();
    }
}
