using System.Diagnostics;

namespace Linkage.Sidecar.Tests.Storage.Support;

/// <summary>A store in a process of its own, which can be killed.</summary>
internal static class StoreProcess
{
    private const int Killed = 128 + 9;

    private static string Assembly => typeof(StoreProgram).Assembly.Location;

    /// <summary>Runs the writer until it has printed a number of lines, kills it, and gives all it printed.</summary>
    public static async Task<IReadOnlyList<string>> KillAfterAsync(string folder, int seed, int lines)
    {
        using Process process = Start("dotnet", [Assembly, "store-writer", folder, $"{seed}"]);
        List<string> printed = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            printed.Add(line);
            if (printed.Count == lines)
            {
                process.Kill(); // SIGKILL; what it printed before stays in the pipe
            }
        }

        await process.WaitForExitAsync();
        Assert.Equal(Killed, process.ExitCode);
        return printed;
    }

    /// <summary>Runs the writer with no file longer than a limit, until it cannot write.</summary>
    public static async Task<IReadOnlyList<string>> RunWithFileLimitAsync(string folder, int blocks)
    {
        // The signal is ignored so that the limit is an error of the call, as a full disk is. The runtime would set
        // aside a larger file for its own code pages if it were not told not to.
        string script = $"trap '' XFSZ; ulimit -f {blocks}; exec dotnet \"$0\" store-writer \"$1\" 1";
        using Process process = Start("sh", ["-c", script, Assembly, folder]);
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(string program, string[] args)
    {
        ProcessStartInfo start = new(program, args) { RedirectStandardOutput = true };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }
}
