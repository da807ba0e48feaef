using Linkage.Cli.Terminal;

namespace Linkage.Cli.Commands;

/// <summary>What every command is given: where to write and when to stop.</summary>
/// <param name="Output">Results, messages and progress.</param>
/// <param name="Cancellation">Signalled by Ctrl-C and SIGTERM; long loops look at it.</param>
internal sealed record CommandContext(TerminalOutput Output, CancellationToken Cancellation)
{
    /// <summary>The clock of what a run says of itself.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
