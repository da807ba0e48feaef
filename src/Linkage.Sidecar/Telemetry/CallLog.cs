using Linkage.Sidecar.Services;

namespace Linkage.Sidecar.Telemetry;

/// <summary>The line about every call: which, how it ended, after how long, and the caller's role, never who.</summary>
internal static partial class CallLog
{
    [LoggerMessage(EventId = 21, Message = "{Rpc} ended with {Status} after {Milliseconds} ms; role {Role}.")]
    public static partial void CallEnded(
        this ILogger logger, LogLevel level, string rpc, string status, double milliseconds, AccessRole role);
}
