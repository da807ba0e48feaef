using System.Text.Json;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests;

public sealed class ProgramTests
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    [Fact]
    public async Task Process_Terminated_LogsListeningAnswersAndEndsWithZero()
    {
        using SidecarProcess sidecar = SidecarProcess.Start(NoEnvironment, "--Sidecar:Listen=127.0.0.1:0");
        Uri address = await ListeningAddressAsync(sidecar);
        using HttpClient client = new();

        string body = await client.GetStringAsync(new Uri(address, "/health"));
        await sidecar.TerminateAsync();
        string rest = await sidecar.Output.ReadToEndAsync();

        Assert.StartsWith("""{"status":"ok","version":""", body, StringComparison.Ordinal);
        Assert.Equal(0, await sidecar.ExitCodeAsync());
        Assert.Contains("\"EventId\":2,", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_UrlsInEnvironment_OpenNoFurtherEndpoint()
    {
        Dictionary<string, string> environment = new()
        {
            ["LINKAGE_Sidecar__Listen"] = "127.0.0.1:0",
            ["ASPNETCORE_URLS"] = "http://0.0.0.0:0",
            ["ASPNETCORE_PREFERHOSTINGURLS"] = "true",
            ["Kestrel__Endpoints__Open__Url"] = "http://0.0.0.0:0",
        };
        using SidecarProcess sidecar = SidecarProcess.Start(environment);

        Uri address = await ListeningAddressAsync(sidecar);
        await sidecar.TerminateAsync();
        string rest = await sidecar.Output.ReadToEndAsync();

        Assert.True(address.IsLoopback);
        Assert.DoesNotContain("\"EventId\":1,", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0:5055", "linkage sidecar: Sidecar:Listen must be a loopback address")]
    [InlineData("nowhere", "linkage sidecar: Sidecar:Listen must be an IP address and a port")]
    public async Task Process_WrongConfiguration_EndsWithOneAndSaysWhy(string listen, string reason)
    {
        using SidecarProcess sidecar = SidecarProcess.Start(NoEnvironment, $"--Sidecar:Listen={listen}");

        string error = await sidecar.Error.ReadToEndAsync();

        Assert.Equal(1, await sidecar.ExitCodeAsync());
        Assert.StartsWith(reason, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    private static async Task<Uri> ListeningAddressAsync(SidecarProcess sidecar)
    {
        string? line = await sidecar.Output.ReadLineAsync();
        Assert.NotNull(line);
        using JsonDocument entry = JsonDocument.Parse(line);
        Assert.Equal(1, entry.RootElement.GetProperty("EventId").GetInt32());
        return new Uri(entry.RootElement.GetProperty("State").GetProperty("Address").GetString()!);
    }
}
