using System.Text.Json;
using Linkage.Sidecar.Tests.Kills;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>A sidecar in a process of its own that answers, and all that it writes to its outputs.</summary>
internal sealed class RunningProcess : IDisposable
{
    private const int ListeningEvent = 1;

    private readonly SidecarProcess _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RunningProcess(SidecarProcess process, Uri address, string start)
    {
        _process = process;
        Address = address;
        _output = ReadAsync(process.Output, start);
        _error = ReadAsync(process.Error, string.Empty);
    }

    /// <summary>Where it answers in HTTP/2 without encryption.</summary>
    public Uri Address { get; }

    /// <summary>Starts a sidecar, and waits until it listens on a number of addresses.</summary>
    /// <param name="config">The configuration file.</param>
    /// <param name="environment">What stands above it.</param>
    /// <param name="listeners">How many addresses there will be.</param>
    /// <param name="isHeldAmidUploads">Whether no upload gets to its end.</param>
    public static async Task<RunningProcess> StartAsync(
        string config,
        IReadOnlyDictionary<string, string> environment,
        int listeners,
        bool isHeldAmidUploads = false)
    {
        string[] run = ["run", "--config", config];
        SidecarProcess process = isHeldAmidUploads
            ? SidecarProcess.StartOwn(environment, [UnitProgram.Name, UnitProgram.AmidUpload, .. run])
            : SidecarProcess.Start(environment, run);
        List<string> lines = [];
        while (lines.Count < listeners)
        {
            string? line = await process.Output.ReadLineAsync();
            Assert.NotNull(line);
            lines.Add(line);
        }

        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.Equal(ListeningEvent, first.RootElement.GetProperty("EventId").GetInt32());
        Uri address = new(first.RootElement.GetProperty("State").GetProperty(nameof(Address)).GetString()!);
        return new RunningProcess(process, address, string.Join('\n', lines));
    }

    /// <summary>Ends it where it stands.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Ends it cleanly.</summary>
    /// <returns>All that it wrote.</returns>
    public async Task<string> StopAsync()
    {
        await _process.TerminateAsync();
        Assert.Equal(0, await _process.ExitCodeAsync());
        return await _output + await _error;
    }

    public void Dispose() => _process.Dispose();

    private static async Task<string> ReadAsync(StreamReader reader, string start) =>
        start + await reader.ReadToEndAsync();
}
