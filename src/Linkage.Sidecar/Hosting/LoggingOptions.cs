namespace Linkage.Sidecar.Hosting;

/// <summary>How much is logged on standard output, and in which form.</summary>
internal sealed record LoggingOptions
{
    /// <summary>Lines below it are left out.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>One JSON object a line; false for plain text.</summary>
    public bool IsJson { get; init; } = true;
}
