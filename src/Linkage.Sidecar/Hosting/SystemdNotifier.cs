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
    /// <returns>False if there is a name but nobody behind it, as when a child inherits the variable.</returns>
    public bool Ready() => TrySend("READY=1");

    /// <summary>No new connections are taken; calls under way may finish.</summary>
    /// <returns>False if there is a name but nobody behind it.</returns>
    public bool Stopping() => TrySend("STOPPING=1");

    private bool TrySend(string state)
    {
        if (string.IsNullOrEmpty(socketPath) || OperatingSystem.IsWindows())
        {
            return true;
        }

        // A leading @ stands for the zero byte of an abstract address.
        string path = socketPath[0] == '@' ? $"\0{socketPath[1..]}" : socketPath;
        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.SendTo(Encoding.ASCII.GetBytes(state), new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
