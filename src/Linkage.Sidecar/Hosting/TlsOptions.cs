using System.Net;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Hosting;

/// <summary>The port that other machines may reach: TLS 1.2 or later, with a client certificate.</summary>
internal sealed record TlsOptions
{
    /// <summary>The address and port.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>The server's certificate, then its intermediates; PEM.</summary>
    public required string Certificate { get; init; }

    /// <summary>The server's private key; PEM, readable by its owner alone.</summary>
    public required string Key { get; init; }

    /// <summary>The authorities whose client certificates are taken; PEM. The system's own are not.</summary>
    public required string ClientAuthority { get; init; }

    /// <summary>Certificates that are refused although an authority signed them.</summary>
    public RevokedCertificates Revoked { get; init; } = RevokedCertificates.None;
}
