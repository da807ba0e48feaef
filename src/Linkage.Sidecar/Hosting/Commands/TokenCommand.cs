using System.CommandLine;
using System.Globalization;
using System.Text;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Audit;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>"token": issues, lists and revokes bearer tokens; a running sidecar follows.</summary>
internal static class TokenCommand
{
    /// <summary>Builds the command with its subcommands.</summary>
    public static Command Create(CommandEnvironment environment) =>
        new("token", "Issues, lists and revokes bearer tokens.")
        {
            CreateIssue(environment),
            CreateList(environment),
            CreateRevoke(environment),
        };

    private static Command CreateIssue(CommandEnvironment environment)
    {
        Option<string> config = ConfigOption.Create();
        Option<string> name = new("--name") { Required = true, HelpName = "NAME", Description = "Who will hold it." };
        Option<string> role = new("--role") { Required = true, HelpName = "ROLE", Description = "What they are." };
        role.AcceptOnlyFromAmong("party", "analyst", "operator", "auditor");
        Option<int?> days = new("--days") { HelpName = "N", Description = "How long it lives." };
        Option<string> file = new("--out")
        {
            Required = true,
            HelpName = "FILE",
            Description = "Where to write it (mode 0600); it is kept nowhere else.",
        };
        Command command = new("issue", "Makes a token.") { config, name, role, days, file };
        command.SetAction(parsed => Issue(
            environment,
            ConfigOption.Read(parsed, config, environment),
            parsed.GetRequiredValue(name),
            Enum.Parse<CallerRoles>(parsed.GetRequiredValue(role), ignoreCase: true),
            parsed.GetValue(days),
            parsed.GetRequiredValue(file)));
        return command;
    }

    private static Command CreateList(CommandEnvironment environment)
    {
        Option<string> config = ConfigOption.Create();
        Command command = new("list", "Lists the tokens: id, name, role, end.") { config };
        command.SetAction(parsed => List(environment, ConfigOption.Read(parsed, config, environment)));
        return command;
    }

    private static Command CreateRevoke(CommandEnvironment environment)
    {
        Option<string> config = ConfigOption.Create();
        Argument<string> id = new("id") { Description = "The token's id, as listed." };
        Command command = new("revoke", "Ends a token now.") { config, id };
        command.SetAction(parsed =>
            Revoke(environment, ConfigOption.Read(parsed, config, environment), parsed.GetRequiredValue(id)));
        return command;
    }

    private static int Issue(
        CommandEnvironment environment, SidecarOptions options, string name, CallerRoles role, int? days, string path)
    {
        TimeSpan lifetime = days is { } number ? TimeSpan.FromDays(number) : options.Tokens.Lifetime;
        if (!Principal.IsName(name))
        {
            throw new ArgumentException("--name must be 1 to 64 letters, digits, '_' or '-'");
        }

        if (lifetime < TimeSpan.FromDays(1) || lifetime > options.Tokens.MaximumLifetime)
        {
            throw new CommandRefusedException("--days is not between 1 and tokens.maximumLifetimeDays");
        }

        FileTokenStore store = Open(environment, options);
        (string text, TokenRecord token) = BearerToken.Create(name, role, environment.Time.GetUtcNow() + lifetime);
        using AtomicFile file = AtomicFile.Create(path, ownerOnly: true, replace: false);
        file.Stream.Write(Encoding.ASCII.GetBytes($"{text}\n"));
        file.Commit();
        CommandAudit.Leave(options, environment.Time, EntryOf(CommandAudit.IssueToken, token));
        store.Add(token);
        environment.Output.WriteLine(Line(token));
        return ExitCode.Ok;
    }

    private static int List(CommandEnvironment environment, SidecarOptions options)
    {
        foreach (TokenRecord token in Open(environment, options).List())
        {
            environment.Output.WriteLine(Line(token));
        }

        return ExitCode.Ok;
    }

    private static int Revoke(CommandEnvironment environment, SidecarOptions options, string id)
    {
        FileTokenStore store = Open(environment, options);
        if (store.List().FirstOrDefault(known => known.Id == id) is { } token)
        {
            CommandAudit.Leave(options, environment.Time, EntryOf(CommandAudit.RevokeToken, token));
            _ = store.Revoke(id, environment.Time.GetUtcNow());
            environment.Output.WriteLine($"{id}: revoked; a running sidecar refuses it within a second");
            return ExitCode.Ok;
        }

        environment.Error("there is no token of that id");
        return ExitCode.BadInput;
    }

    private static FileTokenStore Open(CommandEnvironment environment, SidecarOptions options) =>
        options.Tokens.File is { } path
            ? new FileTokenStore(path, environment.Time)
            : throw new CommandRefusedException("tokens.file is not set; this sidecar keeps no tokens in a file");

    private static AuditEvent EntryOf(string action, TokenRecord token) =>
        CommandAudit.Of(action) with { CaseReference = AuditFacts.OfToken(token.Id, token.Party) };

    private static string Line(TokenRecord token)
    {
        DateTimeOffset end = token.Revoked is { } revoked && revoked < token.Expires ? revoked : token.Expires;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{token.Id}  {token.Party}  {token.Role.ToString().ToLowerInvariant()}  "
            + $"{(token.Revoked is null ? "expires" : "revoked")} {end:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }
}
