using Linkage.Bloom.Kernels;

namespace Linkage.Bloom.Agreement;

/// <summary>Random pairs of different records, the same in every run.</summary>
/// <remarks>
/// Neighbors in a file are often one household, so records are put in random order first; then every record is paired
/// with the next, every record with the next but one, and so on, so that all records are in equally many pairs.
/// </remarks>
internal static class PairSample
{
    /// <summary>The fewest pairs to look at, if there are as many.</summary>
    public const int LeastPairs = 1_000_000;

    /// <summary>Puts a uniform sample of records in random order.</summary>
    /// <param name="records">The records; the first <paramref name="count"/> are the sample afterwards.</param>
    /// <param name="count">Size of the sample, at most all.</param>
    /// <remarks>Fisher and Yates, as in Knuth, The Art of Computer Programming 2, algorithm P.</remarks>
    public static void Shuffle(Span<int> records, int count)
    {
        ulong state = 0;
        for (int i = 0; i < count; i++)
        {
            ulong random = BitMixer.Mix(state += BitMixer.Step);
            int other = i + (int)Math.BigMul(random, (ulong)(records.Length - i), out _);
            (records[i], records[other]) = (records[other], records[i]);
        }
    }

    /// <summary>How many records begin a pair with the one that is so many places after them, in a ring.</summary>
    /// <param name="count">Records of the ring.</param>
    /// <param name="stride">1 to <paramref name="count"/> / 2.</param>
    /// <returns>All; half of them when the stride is half the ring, which meets every pair twice.</returns>
    public static int Starts(int count, int stride) => 2 * stride == count ? stride : count;
}
