namespace Linkage.Bloom.Kernels;

/// <summary>Spreads 64 bits over 64 bits, the same in every run; protects nothing.</summary>
/// <remarks>
/// SplitMix64: Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014, figure 15.
/// </remarks>
internal static class BitMixer
{
    /// <summary>The step of the sequence whose mixed members are SplitMix64's random numbers.</summary>
    public const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>The finalizer: a bijection, so it joins no two numbers.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
