using System.Buffers.Binary;
using System.Security.Cryptography;
using Linkage.Bloom.Storage;

namespace Linkage.Core.Internals;

/// <summary>Ids of entities that say nothing of the records and join no two sets of files.</summary>
internal static class LinkIds
{
    public const int SecretLength = SHA256.HashSizeInBytes;

    private const int Length = 16;

    /// <summary>What only the holder of all files knows: the digest of their records' random handles.</summary>
    /// <remarks>
    /// An entity's number says whether it begins in the first file. Without this a party could find a seed by trial,
    /// and from its ids the numbers, and so who of its records is in another file too.
    /// </remarks>
    public static byte[] SecretOf(IReadOnlyList<EncodedFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (EncodedFile file in files)
        {
            for (int record = 0; record < file.Merge.RecordCount; record++)
            {
                hash.AppendData(file.Merge.Handle(record));
            }
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Makes as many ids as asked.</summary>
    /// <param name="count">Number of entities.</param>
    /// <param name="seed">Null for random ids; else they depend on seed, secret and the entity's number alone.</param>
    /// <param name="secret">The secret of the files, <see cref="SecretLength"/> bytes.</param>
    public static string[] Create(int count, ulong? seed, ReadOnlySpan<byte> secret)
    {
        string[] ids = new string[count];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> message = stackalloc byte[SecretLength + sizeof(ulong) + sizeof(int)];
        secret.CopyTo(message);
        for (int i = 0; i < count; i++)
        {
            if (seed is { } value)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(message[SecretLength..], value);
                BinaryPrimitives.WriteInt32LittleEndian(message[(SecretLength + sizeof(ulong))..], i);
                SHA256.HashData(message, digest);
            }
            else
            {
                RandomNumberGenerator.Fill(digest[..Length]);
            }

            ids[i] = Convert.ToHexStringLower(digest[..Length]);
        }

        return ids;
    }
}
