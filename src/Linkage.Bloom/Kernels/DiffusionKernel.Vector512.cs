using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Linkage.Bloom.Kernels;

/// <content>
/// 64 output bits at a time: the filter lies in two registers, one two-source byte permute gathers 64 of its bytes, a
/// test against the bit masks leaves 64 bits. Needs AVX-512 VBMI; byte indexes below 128.
/// </content>
internal static partial class DiffusionKernel
{
    private static void ApplyVector512(
        ReadOnlySpan<byte> filter, ReadOnlySpan<byte> byteIndexes, ReadOnlySpan<byte> bitMasks, Span<byte> destination)
    {
        ref byte start = ref MemoryMarshal.GetReference(filter);
        Vector512<byte> low = Vector512.LoadUnsafe(ref start);
        Vector512<byte> high = Vector512.LoadUnsafe(ref start, 64);
        ref byte indexes = ref MemoryMarshal.GetReference(byteIndexes);
        ref byte masks = ref MemoryMarshal.GetReference(bitMasks);
        for (int j = 0; j < BitLength; j += 64)
        {
            ulong bits = 0;
            for (int at = j; at < byteIndexes.Length; at += BitLength)
            {
                Vector512<byte> index = Vector512.LoadUnsafe(ref indexes, (nuint)at);
                Vector512<byte> mask = Vector512.LoadUnsafe(ref masks, (nuint)at);
                Vector512<byte> gathered = Avx512Vbmi.PermuteVar64x8x2(low, index, high) & mask;
                bits ^= ~Vector512.Equals(gathered, Vector512<byte>.Zero).ExtractMostSignificantBits();
            }

            BinaryPrimitives.WriteUInt64LittleEndian(destination[(j >> 3)..], bits);
        }
    }
}
