using System.CommandLine;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Cli.Input;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Commands;

/// <summary>"linkage describe": what an encoded file says of itself, and whether it is whole.</summary>
internal static class DescribeCommand
{
    private const string Summary = "Verifies an encoded file and says in plain words what is in it.";

    private const string Explanation =
        """
        Run by anybody who has the file; no key is needed and none of what is shown is secret.
        Every checksum and the whole structure are checked: a file that is truncated or altered is refused.
        The last table says how far records of different persons agree by chance, by comparison level.
        """;

    private const string Example = "linkage describe health.lke";

    /// <summary>Builds the command.</summary>
    /// <param name="context">Where to write and when to stop.</param>
    /// <returns>The command.</returns>
    public static Command Create(CommandContext context)
    {
        Argument<string> path = new("FILE") { Description = "The encoded file (.lke)." };
        Option<bool> json = new("--json") { Description = "Prints the same as JSON." };
        ExampleCommand command = new("describe", Summary, Explanation, Example) { path, json };
        command.SetAction(parsed => Run(context.Output, parsed.GetRequiredValue(path), parsed.GetValue(json)));
        return command;
    }

    private static int Run(TerminalOutput output, string path, bool isJson)
    {
        using EncodedFile file = EncodedInput.Open(path);
        EncodedFileHeader header = file.Header;
        double bytesPerRecord = file.Length / (double)Math.Max(1, header.RecordCount);
        if (isJson)
        {
            JsonText.Write(output.Results, json =>
            {
                json.WriteString("file", path);
                json.WriteBoolean("verified", true);
                json.WriteNumber("bytes", file.Length);
                json.WriteNumber("bytes_per_record", bytesPerRecord);
                new HeaderText(header).WriteJson(json);
                new AgreementText(header).WriteJson(json);
            });
        }
        else
        {
            WriteText(output.Results, path, file, bytesPerRecord);
        }

        if (header.Schema.Profile == ProtectionProfile.Research)
        {
            output.Warn(ProfileWords.ResearchBanner);
        }

        return ExitCode.Ok;
    }

    private static void WriteText(TextWriter results, string path, EncodedFile file, double bytesPerRecord)
    {
        EncodedFileHeader header = file.Header;
        results.WriteLine($"{path}: verified, all checksums and the structure are sound");
        results.WriteLine($"party      {header.Party}");
        results.WriteLine($"project    {TerminalOutput.OneLine(header.Project)}");
        results.WriteLine($"key        {header.KeyId}, epoch {Figures.Count(header.Epoch)}");
        results.WriteLine($"schema     {TerminalOutput.OneLine(header.Schema.ToString())}");
        results.WriteLine($"profile    {ProfileWords.Of(header.Schema.Profile)}");
        results.WriteLine($"written by Linkage {TerminalOutput.OneLine(header.Software)}");
        results.WriteLine(
            $"records    {Figures.Count(header.RecordCount)}, "
            + $"of them {Figures.Count(header.UnusableRecords)} without a usable field");
        results.WriteLine(
            $"size       {Figures.Count(file.Length)} bytes, {Figures.Decimal(bytesPerRecord, 0)} a record");
        new HeaderText(header).WriteTables(results);
        new AgreementText(header).WriteTable(results);
    }
}
