namespace Linkage.Sidecar.Hosting;

/// <summary>How long the unit waits for what was announced.</summary>
internal sealed record UploadOptions
{
    /// <summary>How long an open upload is kept of which nothing more comes.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromDays(7);
}
