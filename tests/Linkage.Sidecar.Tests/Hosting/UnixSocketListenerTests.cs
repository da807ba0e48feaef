using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Hosting;

public sealed class UnixSocketListenerTests : IDisposable
{
    private const UnixFileMode GroupMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly TemporaryFolder _folder = new();

    private string SocketPath => Path.Join(_folder.Path, "sidecar.sock");

    [Fact]
    public async Task Start_NoSocketThere_HasItsModeAndAnswers()
    {
        await using RunningHost host = await RunningHost.StartAsync(Options(GroupMode));

        Assert.Equal(GroupMode, FileModes.Of(SocketPath));
        Assert.Equal([SocketPath], Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Contains("\"ok\"", await AskAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_StaleSocket_IsReplaced()
    {
        using (Socket stale = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            stale.Bind(new UnixDomainSocketEndPoint(Path.Join(_folder.Path, "other")));
            // Renamed, so that closing does not remove it: what a killed process leaves.
            File.Move(Path.Join(_folder.Path, "other"), SocketPath);
        }

        Assert.True(File.Exists(SocketPath));
        await using RunningHost host = await RunningHost.StartAsync(Options(UnixSocketOptions.DefaultMode));

        Assert.Equal(UnixSocketOptions.DefaultMode, FileModes.Of(SocketPath));
        Assert.Contains("\"ok\"", await AskAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SocketOfARunningProcess_IsRefusedAndStaysItsOwn()
    {
        await using RunningHost first = await RunningHost.StartAsync(Options(UnixSocketOptions.DefaultMode));

        await Assert.ThrowsAsync<IOException>(() => RunningHost.StartAsync(Options(UnixSocketOptions.DefaultMode)));

        Assert.Contains("\"ok\"", await AskAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FileInItsPlace_IsRefusedAndStays()
    {
        _folder.Write("sidecar.sock", string.Empty);

        await Assert.ThrowsAsync<IOException>(() => RunningHost.StartAsync(Options(UnixSocketOptions.DefaultMode)));

        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public async Task Start_PipeInItsPlace_IsRefusedAndStays()
    {
        using (Process make = Process.Start("mkfifo", SocketPath))
        {
            await make.WaitForExitAsync();
        }

        Task<RunningHost> start = Task.Run(() => RunningHost.StartAsync(Options(UnixSocketOptions.DefaultMode)));

        await Assert.ThrowsAsync<IOException>(() => start.WaitAsync(Waiting.Patience));
        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public async Task Caller_AccountAtTheOtherEnd_IsThePrincipal()
    {
        using Process id = Process.Start(new ProcessStartInfo("id", "-u") { RedirectStandardOutput = true })!;
        uint user = uint.Parse(await id.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
        SidecarOptions options = Options(UnixSocketOptions.DefaultMode);

        await using (await RunningHost.StartAsync(WithUser(options, user), Who))
        {
            Assert.Equal("UnixSocket local", await AskAsync("/who"));
        }

        await using (await RunningHost.StartAsync(WithUser(options, user + 1), Who))
        {
            Assert.Equal("Anonymous ", await AskAsync("/who"));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static SidecarOptions WithUser(SidecarOptions options, uint user) => options with
    {
        Principals = [new Principal("local", CallerRoles.Party) { UserIds = [user] }],
    };

    private static void Who(WebApplication app) => app.MapGet("/who", context =>
    {
        Caller caller = context.RequestServices.GetRequiredService<CallerResolver>().Resolve(context);
        return context.Response.WriteAsync($"{caller.Kind} {caller.Name}");
    });

    private SidecarOptions Options(UnixFileMode mode) => RunningHost.Options with
    {
        Listeners = new ListenerOptions { Unix = new UnixSocketOptions(SocketPath, mode) },
    };

    private async Task<string> AskAsync(string path)
    {
        using SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (_, stop) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using HttpClient client = new(handler)
        {
            BaseAddress = new Uri("http://localhost"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        return await client.GetStringAsync(new Uri(path, UriKind.Relative));
    }
}
