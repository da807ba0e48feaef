using System.CommandLine;
using System.Globalization;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>"audit-log": checks an audit log and sums it up; needs no unit and no secret.</summary>
internal static class AuditLogCommand
{
    /// <summary>Builds the command with its subcommands.</summary>
    public static Command Create(CommandEnvironment environment) =>
        new("audit-log", "Checks an audit log, and sums up what it says.")
        {
            CreateVerify(environment),
            CreateSummary(environment),
        };

    private static Command CreateVerify(CommandEnvironment environment)
    {
        Argument<string> folder = Folder();
        Option<string> key = Key();
        Option<string?> head = new("--head")
        {
            HelpName = "FILE",
            Description = "A head that was kept elsewhere; without one, an older log in place of this one is not seen.",
        };
        Command command = new("verify", "Says whether a log is whole and as it was written.") { folder, key, head };
        command.SetAction(parsed => Verify(
            environment, parsed.GetRequiredValue(folder), parsed.GetRequiredValue(key), parsed.GetValue(head)));
        return command;
    }

    private static Command CreateSummary(CommandEnvironment environment)
    {
        Argument<string> folder = Folder();
        Option<string> key = Key();
        Option<string> party = new("--party") { Required = true, HelpName = "NAME", Description = "Whose records." };
        Option<int> year = new("--year") { Required = true, HelpName = "YEAR", Description = "The year, by UTC." };
        Option<string> target = new("--out")
        {
            Required = true,
            HelpName = "DIR",
            Description = "Where to write disclosures-NAME-YEAR.csv and .html.",
        };
        Command command = new("summary", "Writes what a party's records disclosed in a year, to whom and what for.")
        {
            folder, key, party, year, target,
        };
        command.SetAction(parsed => Summarize(
            environment,
            parsed.GetRequiredValue(folder),
            parsed.GetRequiredValue(key),
            (parsed.GetRequiredValue(party), parsed.GetRequiredValue(year)),
            parsed.GetRequiredValue(target)));
        return command;
    }

    private static Argument<string> Folder() => new("DIR")
    {
        Description = "The log: the folder 'audit' of the unit's data directory, or a copy of it.",
    };

    private static Option<string> Key() => new("--key")
    {
        Required = true,
        HelpName = "FILE",
        Description = "The unit's public key, audit.pub, as its operator handed it over.",
    };

    private static int Verify(CommandEnvironment environment, string folder, string keyFile, string? headFile)
    {
        AuditHead? kept = headFile is null
            ? null
            : AuditHead.Read(File.ReadAllBytes(headFile)) ?? throw new IOException($"{headFile}: is not a head");
        AuditVerdict verdict = Check(environment, folder, keyFile, kept);
        if (!verdict.IsSound)
        {
            return ExitCode.BadInput;
        }

        environment.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{folder}: {verdict.LastSequence} entries, whole and as written; signed {verdict.SignedAt:u}"));
        return ExitCode.Ok;
    }

    private static int Summarize(
        CommandEnvironment environment, string folder, string keyFile, (string Party, int Year) what, string target)
    {
        if (!Principal.IsName(what.Party) || what.Year is < 2000 or > 9998)
        {
            throw new ArgumentException("--party must be a party's name, and --year a year");
        }

        AuditVerdict verdict = Check(environment, folder, keyFile, kept: null);
        if (!verdict.IsSound)
        {
            environment.Error("a log that is not sound is not summed up");
            return ExitCode.BadInput;
        }

        DisclosureSummary summary = new(
            what.Party,
            new DateTimeOffset(what.Year, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(what.Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero));
        foreach (AuditRecord record in new AuditReader(new AuditFolder(folder)).ReadFrom(1))
        {
            summary.Add(record);
        }

        foreach (string path in SummaryFiles.Write(target, what.Party, what.Year, summary.Rows, verdict))
        {
            environment.Output.WriteLine(path);
        }

        return ExitCode.Ok;
    }

    private static AuditVerdict Check(
        CommandEnvironment environment, string folder, string keyFile, AuditHead? kept)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such directory");
        }

        using AuditKey key = AuditKey.LoadPublic(keyFile);
        AuditVerdict verdict = AuditVerifier.Verify(new AuditFolder(folder), key, kept);
        foreach (string fault in verdict.Faults)
        {
            environment.Error($"{folder}: {fault}");
        }

        return verdict;
    }
}
