using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Linkage.Sidecar.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Linkage.Sidecar.Tests.Hosting;

public sealed class SidecarHostTests
{
    private static readonly SidecarOptions AnyFreePort = new(new IPEndPoint(IPAddress.Loopback, 0));

    [Fact]
    public async Task Health_RunningHost_AnswersOkAndVersion()
    {
        await using WebApplication app = SidecarHost.Build(AnyFreePort);
        await app.StartAsync();
        using HttpClient client = new();

        using HttpResponseMessage answer = await client.GetAsync(new Uri(Address(app), "/health"));
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("ok", body.RootElement.GetProperty("status").GetString());
        Assert.Equal(ProductVersion.Current, body.RootElement.GetProperty("version").GetString());
        await app.StopAsync();
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/health", HttpStatusCode.MethodNotAllowed)]
    public async Task Request_AnythingButHealth_IsRefused(string method, string path, HttpStatusCode expected)
    {
        await using WebApplication app = SidecarHost.Build(AnyFreePort);
        await app.StartAsync();
        using HttpClient client = new();
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(Address(app), path));

        using HttpResponseMessage answer = await client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        await app.StopAsync();
    }

    [Fact]
    public async Task Run_ToldToStop_EndsWithZeroAndNoLongerListens()
    {
        await using WebApplication app = SidecarHost.Build(AnyFreePort);
        TaskCompletionSource started = new();
        using CancellationTokenRegistration signal = app.Lifetime.ApplicationStarted.Register(started.SetResult);

        Task<int> run = SidecarHost.RunAsync(app, AnyFreePort, CancellationToken.None);
        await started.Task;
        Uri address = Address(app);
        app.Lifetime.StopApplication();

        Assert.Equal(0, await run);
        using TcpClient client = new();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(address.Host, address.Port));
    }

    [Fact]
    public async Task Run_PortTaken_EndsWithOne()
    {
        using TcpListener holder = new(IPAddress.Loopback, 0);
        holder.Start();
        SidecarOptions options = new((IPEndPoint)holder.LocalEndpoint);
        await using WebApplication app = SidecarHost.Build(options);

        Assert.Equal(1, await SidecarHost.RunAsync(app, options, CancellationToken.None));
    }

    [Fact]
    public void Version_Current_IsThreeNumbersWithoutTheCommit()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$", ProductVersion.Current);
    }

    [Fact]
    public void Assembly_ExportedTypes_None()
    {
        Assert.Empty(typeof(SidecarHost).Assembly.GetExportedTypes());
    }

    private static Uri Address(WebApplication app) => new(Assert.Single(app.Urls));
}
