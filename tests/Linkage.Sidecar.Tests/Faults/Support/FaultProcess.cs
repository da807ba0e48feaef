using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Grpc.Net.Client;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Faults.Support;

/// <summary>The sidecar as a process of its own, called with the tokens of its installation.</summary>
internal sealed class FaultProcess : IAsyncDisposable
{
    private const int Listeners = 5;

    private readonly ConfigFolder _folder;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly List<GrpcChannel> _channels = [];
    private Task _reading = Task.CompletedTask;
    private string _address = string.Empty;

    private FaultProcess(ConfigFolder folder, Process process)
    {
        _folder = folder;
        _process = process;
    }

    /// <summary>The root directory as the process sees it.</summary>
    public string Root => $"/proc/{_process.Id}/root";

    /// <summary>Starts it on free ports.</summary>
    /// <param name="folder">Its installation.</param>
    /// <param name="environment">Settings that go before those of the installation.</param>
    /// <param name="prepare">What a shell does before in a mount namespace of its own; null for nothing.</param>
    public static async Task<FaultProcess> StartAsync(
        ConfigFolder folder, IReadOnlyDictionary<string, string> environment, string? prepare = null)
    {
        string[] run = [typeof(SidecarHost).Assembly.Location, "run", "--config", folder.Config];
        ProcessStartInfo start = prepare is null
            ? new("dotnet", run)
            : new("unshare", ["-rm", "sh", "-c", $"{prepare} && exec dotnet \"$@\"", "sh", .. run]);
        start.RedirectStandardOutput = true;
        foreach ((string name, string value) in ConfigFolder.FreePorts.Concat(environment))
        {
            start.Environment[name] = value;
        }

        FaultProcess sidecar = new(folder, Process.Start(start)!);
        await sidecar.ReadAddressesAsync();
        sidecar._reading = sidecar.ReadLogAsync();
        return sidecar;
    }

    /// <summary>A connection of its own.</summary>
    public GrpcChannel Connect(string name)
    {
        string token = File.ReadAllText(_folder.PathOf($"clients/{name}.token")).Trim();
        GrpcChannel channel = GrpcChannel.ForAddress(_address, new GrpcChannelOptions
        {
            HttpHandler = new TokenHandler(token) { InnerHandler = new SocketsHttpHandler() },
            DisposeHttpClient = true,
        });
        _channels.Add(channel);
        return channel;
    }

    /// <summary>Waits for a line of the log.</summary>
    public Task LoggedAsync(string text) =>
        Waiting.UntilAsync(() => _lines.Any(line => line.Contains(text, StringComparison.Ordinal)));

    /// <summary>Asks it to end.</summary>
    public async Task TerminateAsync()
    {
        // The base library can kill a process but not ask it to end; the shell can.
        using Process shell = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"])!;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Waiting.Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAddressesAsync()
    {
        for (int listener = 0; listener < Listeners; listener++)
        {
            string? line = await _process.StandardOutput.ReadLineAsync();
            Assert.NotNull(line);
            using JsonDocument entry = JsonDocument.Parse(line);
            string address = entry.RootElement.GetProperty("State").GetProperty("Address").GetString()!;
            _address = listener == 0 ? address : _address;
        }
    }

    // All of it, or the process would stand still once the pipe is full.
    private async Task ReadLogAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
        }
    }
}
