namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Every line about uploads, with its fixed event id; none says whose they are.</summary>
internal static partial class UploadLog
{
    [LoggerMessage(201, LogLevel.Information, "{Count} uploads were deleted, since nothing more of them came.")]
    public static partial void UploadsExpired(this ILogger logger, int count);

    [LoggerMessage(202, LogLevel.Error, "Idle uploads could not be deleted: {Failure}. It is tried again.")]
    public static partial void SweepFailed(this ILogger logger, string failure);
}
