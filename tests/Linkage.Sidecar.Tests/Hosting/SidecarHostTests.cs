using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Linkage.Sidecar.Tests.Hosting;

public sealed class SidecarHostTests
{
    [Fact]
    public async Task Health_RunningHost_AnswersOkAndVersion()
    {
        await using RunningHost host = await RunningHost.StartAsync(RunningHost.Options);
        using HttpClient client = new();

        using HttpResponseMessage answer = await client.GetAsync(new Uri(host.Address(), "/health"));
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("ok", body.RootElement.GetProperty("status").GetString());
        Assert.Equal(ProductVersion.Current, body.RootElement.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/metrics", HttpStatusCode.NotFound)]
    [InlineData("POST", "/health", HttpStatusCode.MethodNotAllowed)]
    public async Task Request_AnythingButHealth_IsRefused(string method, string path, HttpStatusCode expected)
    {
        await using RunningHost host = await RunningHost.StartAsync(RunningHost.Options);
        using HttpClient client = new();
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(host.Address(), path));

        using HttpResponseMessage answer = await client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.NotFound)]
    public async Task Prometheus_ItsListener_AnswersFiguresAndNothingElse(string path, HttpStatusCode expected)
    {
        await using RunningHost host = await RunningHost.StartAsync(RunningHost.Options with
        {
            Telemetry = new TelemetryOptions { Prometheus = RunningHost.FreePort },
        });
        using HttpClient client = new();

        using HttpResponseMessage answer = await client.GetAsync(new Uri(host.Address(1), path));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Http2_WithoutEncryption_IsSpokenOnItsPort()
    {
        await using RunningHost host = await RunningHost.StartAsync(RunningHost.Options with
        {
            Listeners = new ListenerOptions { Http2 = RunningHost.FreePort },
        });
        using HttpClient client = new()
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using HttpResponseMessage answer = await client.GetAsync(new Uri(host.Address(), "/health"));

        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Run_ToldToStop_EndsWithZeroAndNoLongerListens()
    {
        await using WebApplication app = SidecarHost.Build(RunningHost.Options, TimeProvider.System);
        TaskCompletionSource started = new();
        using CancellationTokenRegistration signal = app.Lifetime.ApplicationStarted.Register(started.SetResult);

        Task<int> run = SidecarHost.RunAsync(
            app, RunningHost.Options, new SystemdNotifier(null), CancellationToken.None);
        await started.Task;
        Uri address = new(Assert.Single(app.Urls));
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
        SidecarOptions options = RunningHost.Options with
        {
            Listeners = new ListenerOptions { Http1 = (IPEndPoint)holder.LocalEndpoint },
        };
        await using WebApplication app = SidecarHost.Build(options, TimeProvider.System);

        Assert.Equal(
            1, await SidecarHost.RunAsync(app, options, new SystemdNotifier(null), CancellationToken.None));
    }

    [Fact]
    public void Build_CertificateFileWithoutCertificate_NamesTheMemberAndNoContent()
    {
        using ConfigFolder folder = new(SidecarRoles.Unit);
        File.WriteAllText(folder.PathOf("tls/ca.pem"), "Zanzibarov");

        SidecarOptionsException refusal = Assert.Throws<SidecarOptionsException>(
            () => SidecarHost.Build(folder.Read(), TimeProvider.System));

        Assert.Equal("listeners.tls.clientAuthority must hold certificates in PEM", refusal.Message);
    }

    [Fact]
    public void Build_KeyOfAnotherCertificate_NamesTheMember()
    {
        using ConfigFolder folder = new(SidecarRoles.Unit);
        File.Copy(folder.PathOf("clients/health.key"), folder.PathOf("tls/server.key"), overwrite: true);

        SidecarOptionsException refusal = Assert.Throws<SidecarOptionsException>(
            () => SidecarHost.Build(folder.Read(), TimeProvider.System));

        Assert.StartsWith("listeners.tls.certificate and key must be", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ExpiredCertificate_IsRefused()
    {
        ManualTime time = new();
        using ConfigFolder folder = new(SidecarRoles.Unit, time);
        SidecarOptions options = folder.Read();
        time.Advance(TimeSpan.FromDays(366));

        SidecarOptionsException refusal = Assert.Throws<SidecarOptionsException>(
            () => SidecarHost.Build(options, time));

        Assert.StartsWith("listeners.tls.certificate is not in date", refusal.Message, StringComparison.Ordinal);
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
}
