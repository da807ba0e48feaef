using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Linkage.Cli.Commands;

/// <summary>"linkage sidecar": starts the sidecar, a program of its own, and answers what it answers.</summary>
/// <remarks>
/// The tool must run where there is no web server framework, so the sidecar is not part of it. What follows the word
/// is the other program's command line, unless it is an option: that is the tool's own, as --help.
/// </remarks>
internal static class SidecarCommand
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "sidecar";

    /// <summary>Names the program if it is not beside the tool: an executable, or a .dll for "dotnet".</summary>
    public const string Variable = "LINKAGE_SIDECAR";

    private const string Program = "Linkage.Sidecar";

    // SIGTERM, the same on every unix.
    private const int TerminationSignal = 15;

    private const string Summary = "Starts or sets up the sidecar, which offers encoding and linking over gRPC.";

    private const string Explanation =
        """
        The sidecar is a program of its own. It is looked for where the variable LINKAGE_SIDECAR says, then beside
        this tool, then in the folder "sidecar" beside it. A command and its options are handed to it as they are;
        "linkage sidecar init --help" shows its own help. Two of its commands need no word before them, since they serve
        people who have no sidecar: "linkage agreement" and "linkage audit-log".
        """;

    private const string Example =
        """
        linkage sidecar init --out sidecar --party health --party benefits
        linkage sidecar run --config sidecar/sidecar.json
        """;

    /// <summary>Builds the command, for the list of commands and the help.</summary>
    /// <returns>A command that is run only where nothing is asked for: see <see cref="FindArguments"/>.</returns>
    public static Command Create()
    {
        Argument<string[]> command = new("command")
        {
            HelpName = "COMMAND",
            Description = "A command of the sidecar, and its options: init, run, token, backup, restore, agreement, audit-log.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        ExampleCommand sidecar = new(Name, Summary, Explanation, Example) { command };
        sidecar.TreatUnmatchedTokensAsErrors = false;
        sidecar.SetAction(int (_) =>
            throw new ArgumentException($"{Name} needs a command; see 'linkage {Name} --help'"));
        return sidecar;
    }

    /// <summary>What is handed to the sidecar of a command line.</summary>
    /// <param name="args">The tool's arguments.</param>
    /// <returns>Null for other commands, and for help on this one.</returns>
    public static string[]? FindArguments(string[] args) => args switch
    {
        [Name, [not '-', ..], ..] => args[1..],
        ["agreement" or "audit-log", ..] => args,
        _ => null,
    };

    /// <summary>Runs the sidecar to its end.</summary>
    /// <param name="args">What follows the word.</param>
    /// <param name="location">The value of the variable; null or empty if it is not set.</param>
    /// <param name="toolDirectory">Where the tool is.</param>
    /// <param name="cancellation">Asks the sidecar to stop, as SIGTERM does.</param>
    /// <returns>The sidecar's exit code.</returns>
    /// <exception cref="FileNotFoundException">There is no sidecar.</exception>
    public static async Task<int> RunAsync(
        IEnumerable<string> args, string? location, string toolDirectory, CancellationToken cancellation)
    {
        string program = Find(location, toolDirectory);
        bool isLibrary = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        ProcessStartInfo start = new(isLibrary ? "dotnet" : program) { UseShellExecute = false };
        foreach (string argument in isLibrary ? args.Prepend(program) : args)
        {
            start.ArgumentList.Add(argument);
        }

        using Process sidecar = Process.Start(start)!;
        using CancellationTokenRegistration stop = cancellation.Register(() => Terminate(sidecar));
        // It ends by itself once it is asked to: calls under way may take the time they have been given.
        await sidecar.WaitForExitAsync(CancellationToken.None);
        return sidecar.ExitCode;
    }

    private static string Find(string? location, string toolDirectory)
    {
        if (!string.IsNullOrEmpty(location))
        {
            return File.Exists(location)
                ? location
                : throw new FileNotFoundException($"{location}: no such file; {Variable} must name the sidecar");
        }

        string executable = OperatingSystem.IsWindows() ? $"{Program}.exe" : Program;
        IEnumerable<string> places =
            from folder in new[] { toolDirectory, Path.Join(toolDirectory, Name) }
            from file in new[] { executable, $"{Program}.dll" }
            select Path.Join(folder, file);
        return places.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            $"the sidecar is not beside this tool; publish src/{Program}, and set {Variable} to its path");
    }

    // The base library can end a process but not ask it to end.
    private static void Terminate(Process sidecar)
    {
        if (sidecar.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            sidecar.Kill();
            return;
        }

        _ = Kill(sidecar.Id, TerminationSignal);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
