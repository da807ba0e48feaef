namespace Linkage.Sidecar.Storage;

/// <summary>What one member may have in the store at the same time, over all projects.</summary>
internal sealed record StoreLimits
{
    /// <summary>Open uploads of a party.</summary>
    public int OpenUploads { get; init; } = int.MaxValue;

    /// <summary>Bytes that a party has announced in open uploads.</summary>
    public long OpenUploadBytes { get; init; } = long.MaxValue;

    /// <summary>Runs that have not ended, of projects that one caller made.</summary>
    public int OpenRuns { get; init; } = int.MaxValue;
}
