namespace Linkage.Sidecar.Hosting;

/// <summary>Bearer tokens: where their hashes are and how long a new one lives.</summary>
internal sealed record TokenOptions
{
    /// <summary>The file of hashes; null where no tokens are taken from a file.</summary>
    public string? File { get; init; }

    /// <summary>The life of a token when nothing else is asked for.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The longest life that may be asked for.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromDays(366);
}
