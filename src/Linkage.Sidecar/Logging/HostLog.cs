namespace Linkage.Sidecar.Logging;

/// <summary>Every line the host writes, with its fixed event id; none carries a value of a record or a key.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Information, "Listening on {Address}, version {Version}.")]
    public static partial void Listening(this ILogger logger, string address, string version);

    [LoggerMessage(2, LogLevel.Information, "Stopped; open requests were finished or given up at the time limit.")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(3, LogLevel.Critical, "Cannot listen on {Listeners}.")]
    public static partial void CannotListen(this ILogger logger, string listeners, Exception failure);

    [LoggerMessage(4, LogLevel.Warning, "The server's certificate expires at {Expires:u}; clients refuse it then.")]
    public static partial void CertificateExpires(this ILogger logger, DateTimeOffset expires);

    [LoggerMessage(5, LogLevel.Warning, "Nobody listens where {Variable} says; the start was not reported.")]
    public static partial void SupervisorNotThere(this ILogger logger, string variable);
}
