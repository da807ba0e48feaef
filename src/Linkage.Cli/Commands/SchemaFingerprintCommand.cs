using System.CommandLine;
using Linkage.Bloom.Schemas;
using Linkage.Cli.Input;

namespace Linkage.Cli.Commands;

/// <summary>"linkage schema fingerprint": the two numbers by which owners see that they hold the same schema.</summary>
internal static class SchemaFingerprintCommand
{
    private const string Summary = "Prints the two fingerprints of a schema.";

    private const string Explanation =
        """
        Owners whose encoding fingerprints are equal make encodings that can be compared.
        The linkage fingerprint also covers levels, groups and thresholds, which may change without encoding again.
        """;

    private const string Example = "linkage schema fingerprint people.schema.json";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("SCHEMA") { Description = "The schema file (linkage-schema/1)." };
        ExampleCommand command = new("fingerprint", Summary, Explanation, Example) { file };
        command.SetAction(parsed =>
        {
            LinkageSchema schema = SchemaFile.Load(parsed.GetRequiredValue(file));
            context.Output.Results.WriteLine($"encoding {schema.EncodingFingerprint}");
            context.Output.Results.WriteLine($"linkage  {schema.LinkageFingerprint}");
            return ExitCode.Ok;
        });
        return command;
    }
}
