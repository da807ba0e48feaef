using System.Diagnostics;
using System.Globalization;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>The tool "linkage" as a process of its own.</summary>
internal static class LinkTool
{
    // Beside the tests, under its own name and the same configuration.
    private static string Assembly
    {
        get
        {
            DirectoryInfo output = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Join(output.Parent!.Parent!.FullName, "Linkage.Cli", output.Name, "linkage.dll");
        }
    }

    /// <summary>The rows of pairs.csv and of entities.csv that "linkage link" makes of all parties' files.</summary>
    public static async Task<(string[][] Pairs, string[][] Entities)> LinkAsync(
        RunPeople people, ulong seed, double keepWeight)
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new(
            "dotnet",
            [
                Assembly, "link", .. RunPeople.Parties.Select(people.PathOf), "--out", folder.Path,
                "--seed", seed.ToString(CultureInfo.InvariantCulture),
                "--keep-weight", keepWeight.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"The tool answered {process.ExitCode}: {error}{await output}");
        return (await RowsAsync(folder, "pairs.csv"), await RowsAsync(folder, "entities.csv"));
    }

    // No cell of these files is quoted.
    private static async Task<string[][]> RowsAsync(TemporaryFolder folder, string name) =>
        [.. (await File.ReadAllLinesAsync(Path.Join(folder.Path, name))).Skip(1).Select(line => line.Split(','))];
}
