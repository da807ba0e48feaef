using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace Linkage.Sidecar.Identity;

/// <summary>Reads the evidence off a request and its connection.</summary>
internal static class HttpEvidence
{
    // SOL_SOCKET and SO_PEERCRED of Linux; struct ucred is pid, uid, gid, 32 bits each (unix(7)).
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int CredentialsLength = 12;

    /// <summary>What a request says about who makes it.</summary>
    public static CallerEvidence Of(HttpContext context) => new()
    {
        Certificate = context.Connection.ClientCertificate,
        Authorization = [.. context.Request.Headers.Authorization],
        PeerUserId = PeerOf(context.Features.Get<IConnectionSocketFeature>()?.Socket),
        Remote = context.Connection.RemoteIpAddress,
    };

    private static uint? PeerOf(Socket? socket)
    {
        if (socket is not { AddressFamily: AddressFamily.Unix } || !OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> credentials = stackalloc byte[CredentialsLength];
        int length = socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return length == CredentialsLength ? BitConverter.ToUInt32(credentials[4..]) : null;
    }
}
