using System.Runtime.InteropServices;
using Linkage.Cli;
using Linkage.Cli.Commands;
using Linkage.Cli.Terminal;

// The first Ctrl-C or SIGTERM asks the command to stop, so that it removes its temporary files; the second ends the
// process in the system's own way.
using CancellationTokenSource stop = new();

void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return await LinkageCommandLine.RunAsync(args, new CommandContext(TerminalOutput.ForProcess(), stop.Token));
