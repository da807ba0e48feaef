namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Every line about runs, with its fixed event id; none carries a value of a record or a key.</summary>
internal static partial class RunLog
{
    [LoggerMessage(301, LogLevel.Information, "Run {Run} begins, attempt {Attempt}.")]
    public static partial void RunBegins(this ILogger logger, string run, int attempt);

    [LoggerMessage(302, LogLevel.Information, "Run {Run} has succeeded.")]
    public static partial void RunSucceeded(this ILogger logger, string run);

    [LoggerMessage(303, LogLevel.Information, "Run {Run} was stopped; its attempt {Attempt} is over.")]
    public static partial void RunStopped(this ILogger logger, string run, int attempt);

    [LoggerMessage(304, LogLevel.Error, "Run {Run} has failed: {Reason}.")]
    public static partial void RunFailed(this ILogger logger, string run, string reason, Exception? failure);

    [LoggerMessage(305, LogLevel.Critical, "The queue of runs has met a fault of the store; it goes on after a while.")]
    public static partial void QueueFault(this ILogger logger, Exception failure);
}
