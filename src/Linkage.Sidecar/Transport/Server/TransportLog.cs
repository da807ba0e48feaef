namespace Linkage.Sidecar.Transport.Server;

/// <summary>Every line the transport writes. An exception is named by type and place only: its message could quote a
/// value.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(101, LogLevel.Error, "The handler of {Method} failed with {ExceptionType}.\n{StackTrace}")]
    public static partial void HandlerFailed(
        this ILogger logger, string method, string exceptionType, string? stackTrace);

    [LoggerMessage(102, LogLevel.Debug, "The caller of {Method} went away.")]
    public static partial void CallerGone(this ILogger logger, string method);

    [LoggerMessage(103, LogLevel.Warning, "The trailer {Key} was left out: a character in its value cannot be sent.")]
    public static partial void TrailerLeftOut(this ILogger logger, string key);

    [LoggerMessage(104, LogLevel.Error, "The end of a call of {Method} could not be sent: {ExceptionType}.")]
    public static partial void EndFailed(this ILogger logger, string method, string exceptionType);
}
