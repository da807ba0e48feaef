namespace Linkage.Sidecar.Services.Access;

/// <summary>
/// What the gate logs: the call and the kind of failure, never a message, which could name something.
/// </summary>
internal static partial class AccessLog
{
    [LoggerMessage(20, LogLevel.Error, "{Method} failed by {Failure}.")]
    public static partial void CallFailed(this ILogger logger, string method, string failure);
}
