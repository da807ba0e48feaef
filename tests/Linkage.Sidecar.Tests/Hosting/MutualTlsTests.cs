using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Hosting;

public sealed class MutualTlsTests : IDisposable
{
    private readonly ConfigFolder _folder = new(SidecarRoles.Unit);

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Handshake_CertificateOfAParty_PassesAndNamesIt(SslProtocols protocol)
    {
        using X509Certificate2 health = Client("health");

        Assert.Equal("Certificate health Party", await AskAsync(health, protocol: protocol));
    }

    [Fact]
    public async Task Handshake_NoCertificate_IsRefused()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(null));
    }

    [Fact]
    public async Task Handshake_StrangersCertificate_IsRefused()
    {
        using ConfigFolder stranger = new(SidecarRoles.Unit);
        using X509Certificate2 health = Load(stranger.PathOf("clients/health"));

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(health));
    }

    [Fact]
    public async Task Handshake_ServersOwnCertificate_IsNoClients()
    {
        using X509Certificate2 server = Load(_folder.PathOf("tls/server"));

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(server));
    }

    [Fact]
    public async Task Handshake_ExpiredCertificate_IsRefused()
    {
        using DevelopmentAuthority authority = new(TimeProvider.System);
        using X509Certificate2 expired = authority.IssueClient("health", DateTimeOffset.UtcNow.AddMinutes(-1));
        using X509Certificate2 valid = authority.IssueClient("health");
        await File.WriteAllTextAsync(_folder.PathOf("clients/ca.pem"), authority.CertificatePem);
        SidecarOptions options = WithAuthority(_folder.PathOf("clients/ca.pem"));

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(expired, options));

        // The same authority's valid certificate passes, and belongs to nobody.
        Assert.Equal("Anonymous  None", await AskAsync(valid, options));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handshake_RevokedCertificate_IsRefusedAndOthersAreNot(bool bySerial)
    {
        using X509Certificate2 health = Client("health");
        using X509Certificate2 benefits = Client("benefits");
        string entry = bySerial
            ? $"serial:00{health.SerialNumber}"
            : $"sha256:{health.GetCertHashString(HashAlgorithmName.SHA256)}";
        Assert.True(RevokedCertificates.TryParse([entry], out RevokedCertificates revoked));
        SidecarOptions options = Options();
        options = options with
        {
            Listeners = options.Listeners with { Tls = options.Listeners.Tls! with { Revoked = revoked } },
        };

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(health, options));

        Assert.Equal("Certificate benefits Party", await AskAsync(benefits, options));
    }

    [Fact]
    public async Task Handshake_OldTls_IsRefused()
    {
        using X509Certificate2 health = Client("health");

#pragma warning disable SYSLIB0039, CA5397 // the old protocol is what is refused here
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(health, protocol: SslProtocols.Tls11));
#pragma warning restore SYSLIB0039, CA5397
    }

    [Fact]
    public async Task Token_BesideACertificate_MustNameTheSameCaller()
    {
        using X509Certificate2 health = Client("health");
        string own = (await File.ReadAllTextAsync(_folder.PathOf("clients/health.token"))).Trim();
        string foreign = (await File.ReadAllTextAsync(_folder.PathOf("clients/benefits.token"))).Trim();

        Assert.Equal("Token health Party", await AskAsync(health, token: own));
        Assert.Equal("Anonymous  None", await AskAsync(health, token: foreign));
    }

    public void Dispose() => _folder.Dispose();

    private static X509Certificate2 Load(string name) =>
        X509Certificate2.CreateFromPemFile($"{name}.pem", $"{name}.key");

    private X509Certificate2 Client(string name) => Load(_folder.PathOf($"clients/{name}"));

    private SidecarOptions Options()
    {
        SidecarOptions options = _folder.Read(ConfigFolder.FreePorts);
        return options with { Listeners = new ListenerOptions { Tls = options.Listeners.Tls } };
    }

    private SidecarOptions WithAuthority(string path)
    {
        SidecarOptions options = Options();
        return options with
        {
            Listeners = new ListenerOptions { Tls = options.Listeners.Tls! with { ClientAuthority = path } },
        };
    }

    /// <summary>Asks a host who it thinks is calling.</summary>
    private async Task<string> AskAsync(
        X509Certificate2? certificate,
        SidecarOptions? options = null,
        SslProtocols protocol = SslProtocols.None,
        string? token = null)
    {
        await using RunningHost host = await RunningHost.StartAsync(
            options ?? Options(), app => app.MapGet("/who", Who));
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(_folder.PathOf("tls/ca.pem"));
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(authority);
        using SocketsHttpHandler handler = new()
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = policy,
                EnabledSslProtocols = protocol,
                ClientCertificateContext = certificate is null
                    ? null
                    : SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        };
        using HttpClient client = new(handler);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(host.Address(), "/who"));
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using HttpResponseMessage answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static Task Who(HttpContext context)
    {
        Caller caller = context.RequestServices.GetRequiredService<CallerResolver>().Resolve(context);
        return context.Response.WriteAsync($"{caller.Kind} {caller.Name} {caller.Roles}");
    }
}
