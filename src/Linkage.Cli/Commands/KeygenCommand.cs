using System.CommandLine;
using System.Globalization;
using Linkage.Bloom.Keys;

namespace Linkage.Cli.Commands;

/// <summary>"linkage keygen": makes the key that all owners of a project share.</summary>
internal static class KeygenCommand
{
    private const int MaxProjectLength = 128;

    private const string Summary = "Makes the secret key that the data owners of a project share.";

    private const string Explanation =
        """
        Run once, by one data owner, who hands the file to the others over a secure channel.
        The linkage unit must never have it: who holds key and encodings can find out names.
        The file is readable by you alone. An existing file is never replaced.
        """;

    private const string Example = "linkage keygen --project housing-2026 --out project.key";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Option<string> project = new("--project")
        {
            Required = true,
            HelpName = "NAME",
            Description = "The project's name; it is no secret and part of every file.",
        };
        Option<string> key = new("--out")
        {
            Required = true,
            HelpName = "FILE",
            Description = "Where to write the key (mode 0600).",
        };
        ExampleCommand command = new("keygen", Summary, Explanation, Example) { project, key };
        command.SetAction(parsed => Run(
            context,
            OptionRules.Get(
                parsed,
                project,
                name => !string.IsNullOrWhiteSpace(name)
                    && name.Length <= MaxProjectLength && !name.Any(char.IsControl),
                $"must be 1 to {MaxProjectLength} printable characters"),
            parsed.GetRequiredValue(key)));
        return command;
    }

    private static int Run(CommandContext context, string project, string path)
    {
        if (Path.Exists(path))
        {
            throw new PolicyException($"{path}: exists already, and a key is never replaced");
        }

        using LinkageKey key = LinkageKey.Generate(project);
        key.Save(path);
        context.Output.Results.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{path}: key {key.KeyId}, epoch {key.Epoch}"));
        context.Output.Note(
            "Give the file to the other data owners over a secure channel, and never to the linkage unit.");
        return ExitCode.Ok;
    }
}
