using System.Security.Cryptography;

namespace Linkage.Sidecar.Storage;

/// <summary>SHA-256 of whole files.</summary>
internal static class FileChecksum
{
    private const int BufferLength = 1 << 20;

    /// <summary>Reads the file once, from its beginning.</summary>
    public static async Task<byte[]> ComputeAsync(string path, CancellationToken cancellation)
    {
        await using FileStream stream = new(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            BufferLength,
            FileOptions.Asynchronous | FileOptions.SequentialScan);
        return await SHA256.HashDataAsync(stream, cancellation);
    }
}
