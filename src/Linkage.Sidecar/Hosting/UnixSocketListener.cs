using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Linkage.Sidecar.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Linkage.Sidecar.Hosting;

/// <summary>Binds the unix socket so that nobody meets it before its mode is set.</summary>
/// <remarks>
/// The socket is bound in a directory of mode 0700 beside its place, given its mode, and renamed: there is no moment
/// at which others could connect that may not. A stale socket is replaced; one that answers, and anything that is no
/// socket, is not.
/// </remarks>
internal static class UnixSocketListener
{
    /// <summary>Gives Kestrel a bound socket for an end point.</summary>
    /// <exception cref="IOException">The path is taken by something that is not a stale socket.</exception>
    public static Socket Bind(EndPoint endPoint, UnixSocketOptions? options) =>
        options is not null && endPoint is UnixDomainSocketEndPoint unix && unix.ToString() == options.Path
            ? Bind(options)
            : SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);

    /// <summary>Removes the socket file of a process that has stopped listening.</summary>
    public static void Remove(UnixSocketOptions options)
    {
        if (File.Exists(options.Path) && !Answers(options.Path))
        {
            File.Delete(options.Path);
        }
    }

    private static Socket Bind(UnixSocketOptions options)
    {
        RefuseUnlessStale(options.Path);
        // A short name: the path of a socket has 107 bytes at most.
        string unique = RandomNumberGenerator.GetHexString(8, lowercase: true);
        string directory = Path.Join(Path.GetDirectoryName(options.Path), $".{unique}");
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("A unix socket has no mode on Windows.");
        }

        Directory.CreateDirectory(directory, FileRules.OwnerDirectory);
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            string path = Path.Join(directory, "s");
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, options.Mode);
            File.Move(path, options.Path, overwrite: true);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void RefuseUnlessStale(string path)
    {
        if (!Path.Exists(path))
        {
            return;
        }

        if (Directory.Exists(path) || !IsSocket(path))
        {
            throw new IOException("The path of the unix socket is taken by something that is not a socket.");
        }

        if (Answers(path))
        {
            throw new IOException("Another process listens on the unix socket.");
        }
    }

    // The base library does not name the kind of a file; a socket is what cannot be opened (open(2): ENXIO). Opened to
    // write, too, since a pipe without a writer would wait for one.
    private static bool IsSocket(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // whatever it is, it is somebody else's
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static bool Answers(string path)
    {
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
