namespace Linkage.Sidecar.Storage;

/// <summary>A file that was deleted, as a certificate tells of it.</summary>
/// <param name="Id">The id that upload, segment and key shared; of a file that was written anew, its own.</param>
/// <param name="Kind">What it held.</param>
/// <param name="Party">The party whose records it encoded; null for results.</param>
/// <param name="Length">Bytes of what it held.</param>
/// <param name="Sha256">Checksum of what it held, in lower-case hex.</param>
/// <param name="KeyWiped">Whether it was encrypted and its key was wiped; false for a file that was not.</param>
internal sealed record DeletedFile(
    string Id, string Kind, string? Party, long Length, string Sha256, bool KeyWiped);
