using System.CommandLine;
using System.CommandLine.Help;
using Linkage.Cli.Commands;

namespace Linkage.Cli;

/// <summary>The command line of the tool: its commands, its help and what its failures look like.</summary>
internal static class LinkageCommandLine
{
    private const string Description =
        """
        Links records of the same people across agencies that may not show each other names.

        A data owner encodes its records with a shared schema and a secret key. A linkage unit, which holds neither key
        nor names, links the encoded files. Each owner then turns the answers back into its own record ids.
        """;

    /// <summary>Builds the root command.</summary>
    /// <param name="context">What every command is given.</param>
    /// <returns>The command to parse with.</returns>
    public static RootCommand Create(CommandContext context)
    {
        RootCommand root = new(Description);

        // One line per command; each lives in a file of its own.
        root.Subcommands.Add(GenerateCommand.Create(context));
        root.Subcommands.Add(KeygenCommand.Create(context));
        root.Subcommands.Add(KeyCommand.Create(context));
        root.Subcommands.Add(SchemaCommand.Create(context));
        root.Subcommands.Add(EncodeCommand.Create(context));
        root.Subcommands.Add(DescribeCommand.Create(context));
        root.Subcommands.Add(LinkCommand.Create(context));
        root.Subcommands.Add(ExplainCommand.Create(context));
        root.Subcommands.Add(ReviewCommand.Create(context));
        root.Subcommands.Add(ThresholdsCommand.Create(context));
        root.Subcommands.Add(ResolveCommand.Create(context));
        root.Subcommands.Add(EvaluateCommand.Create(context));
        root.Subcommands.Add(SidecarCommand.Create());

        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
            {
                option.Action = new ExampleHelpAction(help, context.Output);
            }
            else if (option is VersionOption)
            {
                option.Action = new VersionAction(context.Output);
            }
        }

        return root;
    }

    /// <summary>Runs one command line to its end; never throws.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="context">What the commands are given.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        try
        {
            return await InvokeAsync(args, context);
        }
#pragma warning disable CA1031 // the process's one catch-all: every failure becomes one line and an exit code
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failure failure = Failure.From(exception);
            context.Output.Error(failure.Message);
            return failure.ExitCode;
        }
    }

    private static async Task<int> InvokeAsync(string[] args, CommandContext context)
    {
        if (SidecarCommand.FindArguments(args) is { } handedOn)
        {
            return await SidecarCommand.RunAsync(
                handedOn,
                Environment.GetEnvironmentVariable(SidecarCommand.Variable),
                AppContext.BaseDirectory,
                context.Cancellation);
        }

        // Neither "@file" arguments nor bundled short options are part of the contract; a party may be called "@x".
        ParserConfiguration parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        ParseResult parsed = Create(context).Parse(args, parsing);
        if (parsed.Errors.Count > 0)
        {
            // A mistyped command is also "no command"; the word that was not understood says more.
            string problem = parsed.UnmatchedTokens.Count > 0
                ? $"'{parsed.UnmatchedTokens[0]}' is not a command or option here"
                : WithoutType(parsed.Errors[0].Message).TrimEnd('.');
            context.Output.Error($"{problem}; see '{HelpCommandFor(parsed)}'");
            return ExitCode.WrongUse;
        }

        InvocationConfiguration invocation = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = context.Output.Results,
            Error = context.Output.Messages,
        };
        return await parsed.InvokeAsync(invocation, context.Cancellation);
    }

    // " as expected type 'System.UInt64'" speaks to a programmer.
    private static string WithoutType(string message)
    {
        int type = message.IndexOf(" as expected type '", StringComparison.Ordinal);
        return type < 0 ? message : message[..type];
    }

    private static string HelpCommandFor(ParseResult parsed)
    {
        string words = "--help";
        for (Symbol? symbol = parsed.CommandResult.Command;
            symbol is Command and not RootCommand;
            symbol = symbol.Parents.FirstOrDefault())
        {
            words = $"{symbol.Name} {words}";
        }

        return $"linkage {words}";
    }
}
