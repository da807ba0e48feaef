using System.Net.Sockets;
using System.Text;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Hosting;

public sealed class SystemdNotifierTests
{
    [Fact]
    public async Task Notify_SocketThatListens_HearsReadyAndStopping()
    {
        using TemporaryFolder folder = new();
        string path = Path.Join(folder.Path, "notify");
        using Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        SystemdNotifier notifier = new(path);

        notifier.Ready();
        notifier.Stopping();

        Assert.Equal("READY=1", await ReceiveAsync(systemd));
        Assert.Equal("STOPPING=1", await ReceiveAsync(systemd));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Notify_NobodyListens_IsNoFault(string? path)
    {
        SystemdNotifier notifier = new(path);

        Assert.True(notifier.Ready());
        Assert.True(notifier.Stopping());
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("@linkage-nobody-listens-here")]
    public void Notify_NobodyBehindTheName_IsToldAndNoFault(string name)
    {
        using TemporaryFolder folder = new();
        SystemdNotifier notifier = new(name[0] == '@' ? name : Path.Join(folder.Path, name));

        Assert.False(notifier.Ready());
        Assert.False(notifier.Stopping());
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using CancellationTokenSource deadline = new(Waiting.Patience);
        byte[] buffer = new byte[64];
        int length = await socket.ReceiveAsync(buffer, SocketFlags.None, deadline.Token);
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
