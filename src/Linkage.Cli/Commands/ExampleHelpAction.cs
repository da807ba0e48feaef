using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Commands;

/// <summary>The usual help, and the command's explanation and example below it.</summary>
/// <param name="help">Writes the usual help.</param>
/// <param name="output">Where help goes: it is a result, since it was asked for.</param>
internal sealed class ExampleHelpAction(HelpAction help, TerminalOutput output) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExampleCommand command)
        {
            WriteSection("Notes:", command.Explanation);
            WriteSection("Example:", command.Example);
        }

        return code;
    }

    private void WriteSection(string title, string text)
    {
        output.Results.WriteLine(title);
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            output.Results.WriteLine($"  {line}");
        }

        output.Results.WriteLine();
    }
}
