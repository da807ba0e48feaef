namespace Linkage.Sidecar.Storage;

/// <summary>One file of a backup.</summary>
/// <param name="Path">Where it lies, relative to the folder, with forward slashes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Checksum, in lower-case hex.</param>
internal sealed record BackupFile(string Path, long Length, string Sha256);
