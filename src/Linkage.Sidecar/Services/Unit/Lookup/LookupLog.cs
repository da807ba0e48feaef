namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Every line about lookups, with its fixed event id; none says who was asked about.</summary>
internal static partial class LookupLog
{
    [LoggerMessage(411, LogLevel.Information,
        "Project {Project} is in memory: {Records} records, read in {Milliseconds} ms.")]
    public static partial void ProjectRead(this ILogger logger, string project, int records, long milliseconds);

    [LoggerMessage(412, LogLevel.Error, "Projects in memory could not be looked after: {Failure}. It is tried again.")]
    public static partial void LiveSweepFailed(this ILogger logger, string failure);

    [LoggerMessage(413, LogLevel.Warning, "The lookups of {Caller} look like probing ({Sign}); they are stopped.")]
    public static partial void ProbingSuspected(this ILogger logger, string caller, ProbingSign sign);
}
