using System.Numerics;

namespace Linkage.Synthetic.Randomness;

/// <summary>The generator xoshiro256**: the same numbers on every platform and in every version.</summary>
/// <remarks>Public-domain algorithm by David Blackman and Sebastiano Vigna: "Scrambled linear pseudorandom number
/// generators", ACM TOMS 47(4), 2021. Not for keys. Not thread-safe: one per stream.</remarks>
internal sealed class Xoshiro256
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    internal Xoshiro256(ulong seed)
    {
        Reseed(seed);
    }

    internal Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        _s0 = s0;
        _s1 = s1;
        _s2 = s2;
        _s3 = s3;
    }

    /// <summary>Starts the stream of a seed; the state is four outputs of splitmix64, as the authors advise.</summary>
    internal void Reseed(ulong seed)
    {
        SplitMix64 seeder = new(seed);
        _s0 = seeder.Next();
        _s1 = seeder.Next();
        _s2 = seeder.Next();
        _s3 = seeder.Next();
    }

    internal ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number in [0, bound), every one equally likely.</summary>
    /// <remarks>Lemire (2019), "Fast random integer generation in an interval", TOMACS 29(1), algorithm 5.</remarks>
    internal ulong Below(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        ulong high = Math.BigMul(Next(), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = (0 - bound) % bound;
            while (low < threshold)
            {
                high = Math.BigMul(Next(), bound, out low);
            }
        }

        return high;
    }

    /// <summary>A number in [0, bound), every one equally likely.</summary>
    internal int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Below((ulong)bound);
    }

    /// <summary>A number from the lowest to the highest, both included.</summary>
    internal int Between(int lowest, int highest) => lowest + Below(highest - lowest + 1);

    /// <summary>A number in [0, 1) with 53 random bits; exact, so the same on every platform.</summary>
    internal double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the given probability; 0 and below never, 1 and above always.</summary>
    internal bool Chance(double probability) => Unit() < probability;

    internal T Pick<T>(ReadOnlySpan<T> items) => items[Below(items.Length)];

    /// <summary>Puts the items in random order (Fisher and Yates; Durstenfeld 1964, algorithm 235).</summary>
    internal void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
