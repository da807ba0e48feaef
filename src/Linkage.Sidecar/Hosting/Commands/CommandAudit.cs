using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Hosting.Commands;

/// <summary>Acts of commands as entries of the unit's audit log.</summary>
internal static class CommandAudit
{
    /// <summary>The store was copied, with all its encodings.</summary>
    public const string Backup = "command/backup";

    /// <summary>A copy of a store was made the store.</summary>
    public const string Restore = "command/restore";

    /// <summary>A token was made.</summary>
    public const string IssueToken = "command/token-issue";

    /// <summary>A token was ended.</summary>
    public const string RevokeToken = "command/token-revoke";

    // No identity of the configuration has a colon in its name.
    private const string AccountPrefix = "account:";
    private const int LongestAccount = 64;

    /// <summary>The entry of an act of the account that runs the command.</summary>
    public static AuditEvent Of(string action)
    {
        string account = Environment.UserName;
        return new AuditEvent
        {
            Kind = AuditKind.Administration,
            Action = action,
            Actor = AccountPrefix + account[..Math.Min(account.Length, LongestAccount)],
        };
    }

    /// <summary>Leaves an entry to the process that has the log open, or to its next start.</summary>
    /// <remarks>A process of the owner role alone has no audit log.</remarks>
    /// <exception cref="IOException">The store cannot be written; then nothing may be done.</exception>
    public static void Leave(SidecarOptions options, TimeProvider time, AuditEvent entry)
    {
        if (options.Roles.HasFlag(SidecarRoles.Unit) && options.Directories.Data is { } data)
        {
            AuditOutbox.Leave(data, entry, time.GetUtcNow());
        }
    }
}
