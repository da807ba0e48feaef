using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Linkage.Bloom.Kernels;

/// <summary>Turns a key stream into the byte indexes and bit masks of an index set.</summary>
/// <remarks>Portable 128-bit code: the JIT has a form of it for every machine, without one too.</remarks>
internal static class IndexExpansion
{
    /// <summary>Keeps the low seven bits of every byte.</summary>
    /// <param name="stream">A multiple of 16 bytes.</param>
    /// <param name="byteIndexes">As many.</param>
    public static void ToByteIndexes(ReadOnlySpan<byte> stream, Span<byte> byteIndexes)
    {
        Vector128<byte> mask = Vector128.Create((byte)0x7F);
        ReadOnlySpan<Vector128<byte>> source = MemoryMarshal.Cast<byte, Vector128<byte>>(stream);
        Span<Vector128<byte>> target = MemoryMarshal.Cast<byte, Vector128<byte>>(byteIndexes);
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = source[i] & mask;
        }
    }

    /// <summary>Makes two bit masks of every byte: bits 0–2 for the first half, bits 4–6 for the second.</summary>
    /// <param name="stream">A multiple of 16 bytes.</param>
    /// <param name="bitMasks">Twice as many.</param>
    public static void ToBitMasks(ReadOnlySpan<byte> stream, Span<byte> bitMasks)
    {
        Vector128<byte> powers = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);
        Vector128<byte> seven = Vector128.Create((byte)7);
        ReadOnlySpan<Vector128<byte>> source = MemoryMarshal.Cast<byte, Vector128<byte>>(stream);
        Span<Vector128<byte>> target = MemoryMarshal.Cast<byte, Vector128<byte>>(bitMasks);
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = Vector128.Shuffle(powers, source[i] & seven);
            target[source.Length + i] = Vector128.Shuffle(powers, (source[i] >>> 4) & seven);
        }
    }
}
