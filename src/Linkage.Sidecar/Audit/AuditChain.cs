using System.Security.Cryptography;

namespace Linkage.Sidecar.Audit;

/// <summary>What ties an entry to all before it.</summary>
internal static class AuditChain
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>What stands for the hash of an entry before the first.</summary>
    public static ReadOnlySpan<byte> Beginning => new byte[HashLength];

    // Bytes hashed for another purpose can never be taken for an entry.
    private static ReadOnlySpan<byte> Domain => "linkage-audit-entry/1\n"u8;

    /// <summary>The hash of an entry.</summary>
    /// <param name="previous">The hash of the entry before.</param>
    /// <param name="line">The entry's line.</param>
    public static byte[] Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> line)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Domain);
        hash.AppendData(previous);
        hash.AppendData(line);
        return hash.GetHashAndReset();
    }
}
