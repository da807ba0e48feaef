using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Linkage.Bloom.Kernels;

/// <content>
/// 32 output bits at a time. The filter lies in eight 16-byte tables; a byte shuffle yields zero where the control
/// byte's top bit is set, so XOR with the table's number and a saturating add of 0x70 let only indexes of that table
/// through, and the eight results are ORed. Needs AVX2; byte indexes below 128.
/// </content>
internal static partial class DiffusionKernel
{
    private const int TableCount = ByteLength / 16;

    private static void ApplyVector256(
        ReadOnlySpan<byte> filter, ReadOnlySpan<byte> byteIndexes, ReadOnlySpan<byte> bitMasks, Span<byte> destination)
    {
        Span<Vector256<byte>> tables = stackalloc Vector256<byte>[TableCount];
        for (int i = 0; i < TableCount; i++)
        {
            Vector128<byte> table = Vector128.Create(filter.Slice(i * 16, 16));
            tables[i] = Vector256.Create(table, table);
        }

        ref byte indexes = ref MemoryMarshal.GetReference(byteIndexes);
        ref byte masks = ref MemoryMarshal.GetReference(bitMasks);
        for (int j = 0; j < BitLength; j += 32)
        {
            uint bits = 0;
            for (int at = j; at < byteIndexes.Length; at += BitLength)
            {
                Vector256<byte> index = Vector256.LoadUnsafe(ref indexes, (nuint)at);
                Vector256<byte> mask = Vector256.LoadUnsafe(ref masks, (nuint)at);
                Vector256<byte> gathered = Gather(tables, index) & mask;
                bits ^= ~Vector256.Equals(gathered, Vector256<byte>.Zero).ExtractMostSignificantBits();
            }

            BinaryPrimitives.WriteUInt32LittleEndian(destination[(j >> 3)..], bits);
        }
    }

    private static Vector256<byte> Gather(ReadOnlySpan<Vector256<byte>> tables, Vector256<byte> index)
    {
        Vector256<byte> spread = Vector256.Create((byte)0x70);
        Vector256<byte> gathered = Vector256<byte>.Zero;
        for (int i = 0; i < TableCount; i++)
        {
            Vector256<byte> control = Avx2.AddSaturate(index ^ Vector256.Create((byte)(i << 4)), spread);
            gathered |= Avx2.Shuffle(tables[i], control);
        }

        return gathered;
    }
}
