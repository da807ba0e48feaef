namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>Every line about retention, with its fixed event id; none says whose data it is.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(711, LogLevel.Information, "{Count} deletions were carried out and certified.")]
    public static partial void DeletionsCertified(this ILogger logger, int count);

    [LoggerMessage(712, LogLevel.Debug, "Project {Project} is looked at again: a run is at work.")]
    public static partial void RetentionWaits(this ILogger logger, string project);

    [LoggerMessage(713, LogLevel.Error, "What is due could not be deleted or certified: {Failure}. It is tried again.")]
    public static partial void RetentionFailed(this ILogger logger, string failure);
}
