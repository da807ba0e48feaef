using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;

namespace Linkage.Sidecar.Load;

/// <summary>Ways to a server, one connection each.</summary>
internal static class Connections
{
    /// <summary>Without encryption.</summary>
    public static GrpcChannel Plain(string address) => Over(address, new SocketsHttpHandler());

    /// <summary>With mutual TLS.</summary>
    /// <param name="address">The server.</param>
    /// <param name="home">The directory with its authority and the client's certificate.</param>
    /// <param name="name">The client.</param>
    public static GrpcChannel Tls(string address, string home, string name)
    {
        X509ChainPolicy trust = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.ImportFromPemFile(Path.Join(home, "tls", "ca.pem"));
#pragma warning disable CA2000 // the handler uses it as long as it lives
        var own = X509Certificate2.CreateFromPemFile(
            Path.Join(home, "clients", $"{name}.pem"), Path.Join(home, "clients", $"{name}.key"));
#pragma warning restore CA2000
        return Over(address, new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = trust,
                ClientCertificates = [own],
            },
        });
    }

    /// <summary>The header that says who calls.</summary>
    public static Metadata Token(string home, string name) => new()
    {
        { "authorization", $"Bearer {File.ReadAllText(Path.Join(home, "clients", $"{name}.token")).Trim()}" },
    };

    private static GrpcChannel Over(string address, SocketsHttpHandler handler) => GrpcChannel.ForAddress(
        address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
}
