using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Linkage.Bloom.Tests.Support;

/// <summary>Bytes that look random and are a function of a number, so that no statistical test is flaky.</summary>
internal static class Noise
{
    public static byte[] Bytes(int number, int length)
    {
        byte[] bytes = new byte[length];
        byte[] seed = new byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(seed, number);
        for (int at = 0; at < length; at += SHA256.HashSizeInBytes)
        {
            BinaryPrimitives.WriteInt32LittleEndian(seed.AsSpan(sizeof(int)), at);
            SHA256.HashData(seed).AsSpan(0, Math.Min(SHA256.HashSizeInBytes, length - at)).CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }
}
