using System.Net.Sockets;
using System.Text;

namespace Linkage.Sidecar.Hosting;

/// <summary>Tells systemd, if it started the process, that it answers or that it stops (sd_notify(3)).</summary>
/// <param name="socketPath">The variable NOTIFY_SOCKET; null or empty if nobody wants to hear.</param>
internal sealed class SystemdNotifier(string? socketPath)
{
    /// <summary>The name of the environment variable.</summary>
    public const string Variable = "NOTIFY_SOCKET";

    /// <summary>All listeners answer.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>No new connections are taken; calls under way may finish.</summary>
    public void Stopping() => Send("STOPPING=1");

    private void Send(string state)
    {
        if (string.IsNullOrEmpty(socketPath) || OperatingSystem.IsWindows())
        {
            return;
        }

        // A leading @ stands for the zero byte of an abstract address.
        string path = socketPath[0] == '@' ? $"\0{socketPath[1..]}" : socketPath;
        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.SendTo(Encoding.ASCII.GetBytes(state), new UnixDomainSocketEndPoint(path));
    }
}
