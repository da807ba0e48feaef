using System.Numerics;
using System.Runtime.InteropServices;

namespace Linkage.Bloom.Similarity;

/// <summary>Distances and similarities of filters of equal length.</summary>
public static class BitDistance
{
    /// <summary>Number of bits in which two filters differ.</summary>
    /// <param name="left">One filter.</param>
    /// <param name="right">Another of the same length in bytes.</param>
    /// <returns>The Hamming distance.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static int Hamming(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException("The filters differ in length.", nameof(right));
        }

        ReadOnlySpan<ulong> leftWords = MemoryMarshal.Cast<byte, ulong>(left);
        ReadOnlySpan<ulong> rightWords = MemoryMarshal.Cast<byte, ulong>(right);
        int distance = 0;
        for (int i = 0; i < leftWords.Length; i++)
        {
            distance += BitOperations.PopCount(leftWords[i] ^ rightWords[i]);
        }

        for (int i = leftWords.Length * sizeof(ulong); i < left.Length; i++)
        {
            distance += BitOperations.PopCount((uint)(left[i] ^ right[i]));
        }

        return distance;
    }

    /// <summary>Number of set bits.</summary>
    /// <param name="filter">A filter.</param>
    /// <returns>Its popcount.</returns>
    public static int PopCount(ReadOnlySpan<byte> filter)
    {
        int count = 0;
        foreach (byte part in filter)
        {
            count += BitOperations.PopCount(part);
        }

        return count;
    }

    /// <summary>Dice coefficient: twice the common bits over the sum of the set bits.</summary>
    /// <param name="left">One filter.</param>
    /// <param name="right">Another of the same length in bytes.</param>
    /// <returns>0 to 1; 1 for two empty filters, which do not differ.</returns>
    public static double Dice(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int sum = PopCount(left) + PopCount(right);
        return sum == 0 ? 1 : (double)(sum - Hamming(left, right)) / sum;
    }
}
