namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Every line about agreements, with its fixed event id; none says who owes what to whom.</summary>
internal static partial class AgreementLog
{
    [LoggerMessage(311, LogLevel.Warning, "{Count} answers that parties owe in project {Project} are overdue.")]
    public static partial void AnswersOverdue(this ILogger logger, int count, string project);

    [LoggerMessage(312, LogLevel.Error, "What parties owe could not be looked at: {Failure}. It is tried again.")]
    public static partial void OverdueWatchFailed(this ILogger logger, string failure);
}
