using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests;

public sealed class ProgramTests
{
    private const string Canary = "Zanzibarov";

    [Fact]
    public async Task Process_Terminated_LogsListeningAnswersAndEndsWithZero()
    {
        using ConfigFolder folder = new();
        using SidecarProcess sidecar = SidecarProcess.Start(ConfigFolder.FreePorts, "run", "--config", folder.Config);
        List<string> addresses = await ListeningAddressesAsync(sidecar, 5);
        using HttpClient client = new();

        string body = await client.GetStringAsync(new Uri(new Uri(addresses[1]), "/health"));
        await sidecar.TerminateAsync();
        string rest = await sidecar.Output.ReadToEndAsync();

        Assert.StartsWith("""{"status":"ok","version":""", body, StringComparison.Ordinal);
        Assert.Equal($"unix:{folder.PathOf("run/sidecar.sock")}", addresses[3]);
        Assert.Equal(0, await sidecar.ExitCodeAsync());
        Assert.Contains("\"EventId\":2,", rest, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.PathOf("run")));
    }

    [Fact]
    public async Task Process_UrlsInEnvironment_OpenNoFurtherEndpoint()
    {
        using ConfigFolder folder = new();
        Dictionary<string, string> environment = new(ConfigFolder.FreePorts)
        {
            ["ASPNETCORE_URLS"] = "http://0.0.0.0:0",
            ["ASPNETCORE_PREFERHOSTINGURLS"] = "true",
            ["Kestrel__Endpoints__Open__Url"] = "http://0.0.0.0:0",
        };
        using SidecarProcess sidecar = SidecarProcess.Start(environment, "run", "--config", folder.Config);

        List<string> addresses = await ListeningAddressesAsync(sidecar, 5);
        await sidecar.TerminateAsync();
        string rest = await sidecar.Output.ReadToEndAsync();

        Assert.All(addresses.Where((_, i) => i != 3), address => Assert.True(new Uri(address).IsLoopback));
        Assert.DoesNotContain("\"EventId\":1,", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_WrongConfiguration_EndsWithTwoAndListsEveryFault()
    {
        using ConfigFolder folder = new();
        Dictionary<string, string> environment = new()
        {
            ["LINKAGE__Listeners__Http2"] = "0.0.0.0:5055",
            ["LINKAGE__DrainSeconds"] = Canary,
        };
        using SidecarProcess sidecar = SidecarProcess.Start(environment, "run", "--config", folder.Config);

        string[] error = (await sidecar.Error.ReadToEndAsync()).TrimEnd().Split('\n');

        Assert.Equal(2, await sidecar.ExitCodeAsync());
        Assert.Equal(2, error.Length);
        Assert.StartsWith("linkage sidecar: listeners.http2 must be", error[0], StringComparison.Ordinal);
        Assert.StartsWith("linkage sidecar: drainSeconds must be", error[1], StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, error[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_SecretsInRequests_AppearInNoLogLine()
    {
        using ConfigFolder folder = new();
        Dictionary<string, string> environment = new(ConfigFolder.FreePorts)
        {
            // Even if somebody turns the framework's own log up.
            ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Microsoft"] = "Trace",
        };
        string token = (await File.ReadAllTextAsync(folder.PathOf("clients/health.token"))).Trim();
        using SidecarProcess sidecar = SidecarProcess.Start(environment, "run", "--config", folder.Config);
        List<string> addresses = await ListeningAddressesAsync(sidecar, 5);

        using HttpClient client = new();
        Uri address = new(addresses[1]);
        foreach (string path in new[] { "/health", $"/{Canary}", $"/linkage.v1.ExchangeService/{Canary}?key={token}" })
        {
            using HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("x-party", Canary);
            request.Content = new StringContent($"{{\"keyId\":\"{Canary}\"}}", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.SendAsync(request);
            Assert.False(answer.IsSuccessStatusCode);
        }

        await SendRawAsync(address, $"GET /{Canary} HTTP/9.9\r\nAuthorization: {token}\r\n\r\n");
        await sidecar.TerminateAsync();
        string log = await sidecar.Output.ReadToEndAsync() + await sidecar.Error.ReadToEndAsync();

        Assert.Equal(0, await sidecar.ExitCodeAsync());
        Assert.Contains("\"EventId\":2,", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token, log, StringComparison.Ordinal);
    }

    private static async Task SendRawAsync(Uri address, string request)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(address.Host, address.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using StreamReader answer = new(connection.GetStream());
        Assert.StartsWith("HTTP/1.1 ", await answer.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static async Task<List<string>> ListeningAddressesAsync(SidecarProcess sidecar, int count)
    {
        List<string> addresses = [];
        while (addresses.Count < count)
        {
            string? line = await sidecar.Output.ReadLineAsync();
            Assert.NotNull(line);
            using JsonDocument entry = JsonDocument.Parse(line);
            Assert.Equal(1, entry.RootElement.GetProperty("EventId").GetInt32());
            addresses.Add(entry.RootElement.GetProperty("State").GetProperty("Address").GetString()!);
        }

        return addresses;
    }
}
