using Linkage.Cli.Commands;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Tests.Support;

/// <summary>What one run of the tool in this process answered.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public static async Task<ToolRun> Of(params string[] args) => await Of(CancellationToken.None, args);

    public static async Task<ToolRun> Of(CancellationToken cancellation, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        TerminalOutput terminal = new(output, errors, TimeProvider.System);
        int code = await LinkageCommandLine.RunAsync(args, new CommandContext(terminal, cancellation));
        return new ToolRun(code, output.ToString(), errors.ToString());
    }
}
