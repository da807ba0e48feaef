using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Linkage.Sidecar.Identity;

/// <summary>All that a request says about who makes it.</summary>
internal sealed class CallerEvidence
{
    /// <summary>The client certificate of the connection, whose chain the handshake has trusted.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The values of the header Authorization; usually none or one.</summary>
    public IReadOnlyList<string?> Authorization { get; init; } = [];

    /// <summary>The account at the other end of a unix socket, as the kernel states it.</summary>
    public uint? PeerUserId { get; init; }

    /// <summary>Where the connection comes from; null for a unix socket.</summary>
    public IPAddress? Remote { get; init; }
}
