namespace Linkage.Bloom.Kernels;

/// <summary>Applies an index set: every output bit is the XOR of t bits of a 1,024-bit filter.</summary>
/// <remarks>
/// Indices come apart as byte index (0 to 127) and bit mask (one of eight), 1,024 of each for every one of the t
/// rounds; output bit j uses entry j of each round. Bit j of a filter is bit j mod 8 of byte j / 8. This file is the
/// oracle.
/// </remarks>
internal static partial class DiffusionKernel
{
    public const int BitLength = 1024;
    public const int ByteLength = BitLength / 8;

    /// <summary>Applies an index set in the widest form of this machine.</summary>
    /// <param name="filter">128 bytes.</param>
    /// <param name="byteIndexes">t times 1,024 byte indexes.</param>
    /// <param name="bitMasks">t times 1,024 bit masks.</param>
    /// <param name="destination">128 bytes; may not overlap the filter.</param>
    public static void Apply(
        ReadOnlySpan<byte> filter, ReadOnlySpan<byte> byteIndexes, ReadOnlySpan<byte> bitMasks, Span<byte> destination)
        => Apply(KernelSelector.Selected, filter, byteIndexes, bitMasks, destination);

    /// <summary>Applies an index set in a named form.</summary>
    public static void Apply(
        KernelWidth width,
        ReadOnlySpan<byte> filter,
        ReadOnlySpan<byte> byteIndexes,
        ReadOnlySpan<byte> bitMasks,
        Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(filter.Length, ByteLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, ByteLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(byteIndexes.Length % BitLength, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bitMasks.Length, byteIndexes.Length);
        switch (width)
        {
            case KernelWidth.Vector512:
                ApplyVector512(filter, byteIndexes, bitMasks, destination);
                break;
            case KernelWidth.Vector256:
                ApplyVector256(filter, byteIndexes, bitMasks, destination);
                break;
            default:
                ApplyScalar(filter, byteIndexes, bitMasks, destination);
                break;
        }
    }

    private static void ApplyScalar(
        ReadOnlySpan<byte> filter, ReadOnlySpan<byte> byteIndexes, ReadOnlySpan<byte> bitMasks, Span<byte> destination)
    {
        destination.Clear();
        for (int round = 0; round < byteIndexes.Length; round += BitLength)
        {
            for (int j = 0; j < BitLength; j++)
            {
                bool bit = (filter[byteIndexes[round + j]] & bitMasks[round + j]) != 0;
                destination[j >> 3] ^= (byte)((bit ? 1 : 0) << (j & 7));
            }
        }
    }
}
