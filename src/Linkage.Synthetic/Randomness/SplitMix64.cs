namespace Linkage.Synthetic.Randomness;

/// <summary>The generator splitmix64: a counter in Weyl steps, scrambled. It seeds the main generator.</summary>
/// <remarks>Public-domain algorithm by Sebastiano Vigna (2015), after Steele, Lea and Flood (2014), "Fast splittable
/// pseudorandom number generators", OOPSLA, figure 17 (variant 13 of the scrambler, by David Stafford).</remarks>
internal struct SplitMix64
{
    private const ulong WeylStep = 0x9E3779B97F4A7C15;

    private ulong _state;

    internal SplitMix64(ulong seed)
    {
        _state = seed;
    }

    internal ulong Next()
    {
        _state += WeylStep;
        return Scramble(_state);
    }

    /// <summary>A seed of its own for each (seed, purpose, index): every step is a bijection of 64 bits.</summary>
    internal static ulong Derive(ulong seed, StreamPurpose purpose, ulong index)
    {
        ulong mixed = Scramble(seed + WeylStep);
        mixed = Scramble((mixed ^ (ulong)purpose) + WeylStep);
        return Scramble((mixed ^ index) + WeylStep);
    }

    private static ulong Scramble(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
