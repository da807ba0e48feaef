using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Linkage.Core.Internals;

/// <summary>Ids of entities that say nothing of the records and join no two runs.</summary>
internal static class LinkIds
{
    private const int Length = 16;

    /// <summary>Makes as many ids as asked.</summary>
    /// <param name="count">Number of entities.</param>
    /// <param name="seed">Null for random ids; else ids that depend on the seed and the entity's number alone.</param>
    public static string[] Create(int count, ulong? seed)
    {
        string[] ids = new string[count];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> message = stackalloc byte[sizeof(ulong) + sizeof(int)];
        for (int i = 0; i < count; i++)
        {
            if (seed is { } value)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(message, value);
                BinaryPrimitives.WriteInt32LittleEndian(message[sizeof(ulong)..], i);
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
