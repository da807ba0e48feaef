namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>Every line about encryption at rest, with its fixed event id.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(
        701, LogLevel.Warning, "New files of the store are not encrypted: store.keyFile is not set, or off.")]
    public static partial void StoreIsPlain(this ILogger logger);
}
