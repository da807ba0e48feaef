using System.Security.Cryptography;

namespace Linkage.Sidecar.Storage;

/// <summary>Copies files so that they are on disk, of mode 0600, and known by their checksum.</summary>
internal static class CheckedCopy
{
    private const int BufferLength = 1 << 20;

    /// <summary>Copies a stream to a new file and flushes it.</summary>
    /// <returns>Length and SHA-256 of what was copied.</returns>
    public static async Task<(long Length, byte[] Sha256)> ToFileAsync(
        Stream source, string path, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream target = StoreFolders.CreateFile(path, FileMode.CreateNew, FileShare.None);
        byte[] buffer = new byte[BufferLength];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        target.Flush(flushToDisk: true);
        return (target.Length, hash.GetHashAndReset());
    }
}
