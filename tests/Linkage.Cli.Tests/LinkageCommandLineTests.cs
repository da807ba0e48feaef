using System.CommandLine;
using System.Reflection;
using Linkage.Cli.Commands;
using Linkage.Cli.Terminal;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests;

public sealed class LinkageCommandLineTests
{
    [Fact]
    public async Task Version_Asked_IsTheToolsOwn()
    {
        ToolRun run = await ToolRun.Of("--version");

        string version = typeof(LinkageCommandLine).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Equal(new ToolRun(ExitCode.Ok, $"linkage {version}{Environment.NewLine}", string.Empty), run);
    }

    [Fact]
    public async Task Help_Asked_ListsEveryCommand()
    {
        ToolRun run = await ToolRun.Of("--help");

        Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Errors));
        Assert.All(
            Root().Subcommands,
            command => Assert.Contains($"  {command.Name}", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_OfEveryCommand_DescribesEveryOptionAndEndsWithAnExample()
    {
        foreach (Command command in Leaves(Root()))
        {
            string[] words = Words(command);

            ToolRun run = await ToolRun.Of([.. words, "--help"]);

            Assert.Equal((ExitCode.Ok, string.Empty), (run.ExitCode, run.Errors));
            Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description)));
            Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description)));
            string example = $"Example:{Environment.NewLine}  linkage {string.Join(' ', words)}";
            Assert.Contains(example, run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("link", "--one-to-one", "optimal", "greedy", "off")]
    [InlineData("encode", "--profile", "standard", "research")]
    [InlineData("schema init", "--profile", "standard", "research")]
    public async Task Help_OptionOfFewWords_ListsThem(string command, string option, params string[] words)
    {
        ToolRun run = await ToolRun.Of([.. command.Split(' '), "--help"]);

        string line = run.Output.Split('\n')
            .Single(text => text.TrimStart().StartsWith(option, StringComparison.Ordinal));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
    }

    [Fact]
    public void Example_OfEveryCommand_Parses()
    {
        foreach (ExampleCommand command in Leaves(Root()).Cast<ExampleCommand>())
        {
            Assert.All(command.Example.Split('\n', StringSplitOptions.TrimEntries), line =>
            {
                Assert.StartsWith("linkage ", line, StringComparison.Ordinal);
                Assert.Empty(Root().Parse(line["linkage ".Length..]).Errors);
            });
        }
    }

    [Theory]
    [InlineData("error: Required command was not provided; see 'linkage --help'")]
    [InlineData("error: 'reslove' is not a command or option here; see 'linkage --help'", "reslove")]
    [InlineData(
        "error: Option '--map' is required; see 'linkage resolve --help'",
        "resolve", "--entities", "a", "--out", "b")]
    [InlineData(
        "error: '--verbose' is not a command or option here; see 'linkage resolve --help'",
        "resolve", "--entities", "a", "--map", "b", "--out", "c", "--verbose")]
    [InlineData(
        "error: Cannot parse argument '-1' for option '--seed'; see 'linkage link --help'",
        "link", "a.lke", "--out", "b", "--seed", "-1")]
    [InlineData("error: '@args' is not a command or option here; see 'linkage --help'", "@args")]
    public async Task Run_WrongCommandLine_IsOneLineAndCodeOne(string line, params string[] args) =>
        Assert.Equal(new ToolRun(ExitCode.WrongUse, string.Empty, line + Environment.NewLine), await ToolRun.Of(args));

    private static RootCommand Root() => LinkageCommandLine.Create(new CommandContext(
        new TerminalOutput(TextWriter.Null, TextWriter.Null, TimeProvider.System), CancellationToken.None));

    private static IEnumerable<Command> Leaves(Command command) => command.Subcommands.Count == 0
        ? [command]
        : command.Subcommands.SelectMany(Leaves);

    private static string[] Words(Command command) => command is RootCommand
        ? []
        : [.. Words((Command)command.Parents.First()), command.Name];
}
