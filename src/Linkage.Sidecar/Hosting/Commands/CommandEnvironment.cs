using System.Collections;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>What every command is given.</summary>
/// <param name="Output">Where results go.</param>
/// <param name="Messages">Where everything else goes, the log excepted.</param>
/// <param name="Time">The clock.</param>
/// <param name="Variables">The environment variables.</param>
/// <param name="Stop">Ends a command that runs until it is told to stop.</param>
internal sealed record CommandEnvironment(
    TextWriter Output, TextWriter Messages, TimeProvider Time, IDictionary Variables, CancellationToken Stop)
{
    /// <summary>That of this process; signals reach the host itself.</summary>
    public static CommandEnvironment OfProcess() => new(
        Console.Out, Console.Error, TimeProvider.System, Environment.GetEnvironmentVariables(), CancellationToken.None);

    /// <summary>Writes a line about what went wrong.</summary>
    public void Error(string message) => Messages.WriteLine($"linkage sidecar: {message}");
}
