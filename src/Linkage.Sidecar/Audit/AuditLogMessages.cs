namespace Linkage.Sidecar.Audit;

/// <summary>What the process logs about the audit log, with fixed event ids; never what an entry says.</summary>
internal static partial class AuditLogMessages
{
    [LoggerMessage(401, LogLevel.Error, "The store could not be told how far the audit log is: {Failure}.")]
    public static partial void MarkFailed(this ILogger logger, string failure);

    [LoggerMessage(402, LogLevel.Critical, "The audit log could not be written, so an answer was withheld: {Failure}.")]
    public static partial void AuditFailed(this ILogger logger, string failure);

    [LoggerMessage(
        403,
        LogLevel.Critical,
        "The audit log cannot be written: {Failure}. Calls that need it are refused; health says NOT_SERVING.")]
    public static partial void LogUnwritable(this ILogger logger, string failure);

    [LoggerMessage(404, LogLevel.Warning, "The audit log can be written again; health says SERVING.")]
    public static partial void LogWritableAgain(this ILogger logger);

    [LoggerMessage(405, LogLevel.Error, "Entries that the audit log is owed could not be written: {Failure}.")]
    public static partial void OwedFailed(this ILogger logger, string failure);
}
