using System.CommandLine;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>"backup" and "restore": the store of the unit role, as a checked copy and back.</summary>
internal static class BackupCommand
{
    /// <summary>Builds "backup".</summary>
    public static Command CreateBackup(CommandEnvironment environment)
    {
        Option<string> config = ConfigOption.Create();
        Option<string> folder = Folder("--out", "A new or empty directory for the copy.");
        Command command = new("backup", "Copies the store of a stopped sidecar, and checks every file on the way.")
        {
            config, folder,
        };
        command.SetAction((parsed, cancellation) => BackUpAsync(
            environment,
            ConfigOption.Read(parsed, config, environment),
            parsed.GetRequiredValue(folder),
            cancellation));
        return command;
    }

    /// <summary>Builds "restore".</summary>
    public static Command CreateRestore(CommandEnvironment environment)
    {
        Option<string> config = ConfigOption.Create();
        Option<string> folder = Folder("--from", "The directory that 'backup' wrote.");
        Command command = new("restore", "Fills the empty data directory from a backup; overwrites nothing.")
        {
            config, folder,
        };
        command.SetAction((parsed, cancellation) => RestoreAsync(
            environment,
            ConfigOption.Read(parsed, config, environment),
            parsed.GetRequiredValue(folder),
            cancellation));
        return command;
    }

    private static Option<string> Folder(string name, string description) =>
        new(name) { Required = true, HelpName = "DIR", Description = description };

    private static async Task<int> BackUpAsync(
        CommandEnvironment environment, SidecarOptions options, string folder, CancellationToken cancellation)
    {
        string data = DataOf(options);
        StoreBackup.RequireUnused(folder);
        using UnitStore store = await UnitStore.OpenAsync(data, environment.Time, encryption: options.Encryption);

        // Before anything leaves, so that the copy has the entry, too.
        StoreTally tally = store.CountWork();
        AuditLog.Note(data, store.AuditMarks, environment.Time, CommandAudit.Of(CommandAudit.Backup) with
        {
            Counts = new Dictionary<string, long> { ["files"] = tally.Segments, ["bytes"] = tally.Bytes },
        });
        BackupManifest manifest = await store.Backup.WriteAsync(folder, cancellation);
        await environment.Output.WriteLineAsync($"{folder}: {manifest.Files.Count} files, all checked");
        return ExitCode.Ok;
    }

    private static async Task<int> RestoreAsync(
        CommandEnvironment environment, SidecarOptions options, string folder, CancellationToken cancellation)
    {
        string data = DataOf(options);
        await StoreRestore.RunAsync(folder, data, cancellation, (root, database) =>
        {
            using AuditMarks marks = new(database, environment.Time);
            AuditLog.Note(root, marks, environment.Time, CommandAudit.Of(CommandAudit.Restore));
        });
        await environment.Output.WriteLineAsync($"{data}: restored and checked; start the sidecar");
        await environment.Messages.WriteLineAsync(
            "The audit log and its key are those of the backup; tell the auditors, and hand them audit.pub again if "
            + "they were given another.");
        return ExitCode.Ok;
    }

    private static string DataOf(SidecarOptions options) => options.Directories.Data
        ?? throw new CommandRefusedException("directories.data is not set; the owner role has no store");
}
