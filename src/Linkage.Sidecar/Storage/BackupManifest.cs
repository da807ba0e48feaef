namespace Linkage.Sidecar.Storage;

/// <summary>What a backup holds; written last, so that a folder without it is no backup.</summary>
/// <param name="Format">Name and version of the format.</param>
/// <param name="CreatedAt">When the snapshot was taken.</param>
/// <param name="Files">Every file but this one, by path.</param>
internal sealed record BackupManifest(string Format, DateTimeOffset CreatedAt, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The one format there is.</summary>
    public const string CurrentFormat = "linkage-backup/1";

    /// <summary>The manifest's own name in the folder.</summary>
    public const string FileName = "manifest.json";
}
