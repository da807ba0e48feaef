namespace Linkage.Sidecar.Audit;

/// <summary>What the process logs about the audit log, with fixed event ids; never what an entry says.</summary>
internal static partial class AuditLogMessages
{
    [LoggerMessage(401, LogLevel.Error, "The store could not be told how far the audit log is: {Failure}.")]
    public static partial void MarkFailed(this ILogger logger, string failure);

    [LoggerMessage(402, LogLevel.Critical, "The audit log could not be written, so an answer was withheld: {Failure}.")]
    public static partial void AuditFailed(this ILogger logger, string failure);
}
