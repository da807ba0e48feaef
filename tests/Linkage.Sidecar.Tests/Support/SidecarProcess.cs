using System.Diagnostics;
using Linkage.Sidecar.Hosting;

namespace Linkage.Sidecar.Tests.Support;

/// <summary>The sidecar as an operator starts it: a process of its own.</summary>
internal sealed class SidecarProcess : IDisposable
{
    private readonly Process _process;

    private SidecarProcess(Process process)
    {
        _process = process;
    }

    public StreamReader Output => _process.StandardOutput;

    public StreamReader Error => _process.StandardError;

    public static SidecarProcess Start(IReadOnlyDictionary<string, string> environment, params string[] args) =>
        StartFrom(typeof(SidecarHost).Assembly.Location, environment, args);

    /// <summary>Starts a program of these tests that is the sidecar and more.</summary>
    public static SidecarProcess StartOwn(IReadOnlyDictionary<string, string> environment, params string[] args) =>
        StartFrom(typeof(SidecarProcess).Assembly.Location, environment, args);

    private static SidecarProcess StartFrom(
        string program, IReadOnlyDictionary<string, string> environment, string[] args)
    {
        ProcessStartInfo start = new("dotnet", [program, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new SidecarProcess(Process.Start(start)!);
    }

    public async Task TerminateAsync()
    {
        // The base library can kill a process but not ask it to end; the shell can.
        using Process shell = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"])!;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    /// <summary>Ends the process where it stands, as a loss of power would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
