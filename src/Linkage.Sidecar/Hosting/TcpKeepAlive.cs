using System.Net.Sockets;

namespace Linkage.Sidecar.Hosting;

/// <summary>Lets the system ask the other end of a quiet connection whether it is there.</summary>
/// <remarks>HTTP/1.1 has no pings of its own, and a lost client may be in the middle of a call.</remarks>
internal static class TcpKeepAlive
{
    private const int Probes = 3;

    /// <summary>Sets it for all connections that a listener takes; one that is not TCP is left alone.</summary>
    /// <param name="listener">The bound socket.</param>
    /// <param name="quiet">How long until the first question, and the time for all its answers.</param>
    /// <returns>The listener.</returns>
    public static Socket Apply(Socket listener, TimeSpan quiet)
    {
        if (listener.ProtocolType == ProtocolType.Tcp)
        {
            int seconds = Math.Max(1, (int)quiet.TotalSeconds);
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            listener.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
            listener.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, seconds / Probes));
            listener.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        }

        return listener;
    }
}
