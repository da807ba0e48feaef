namespace Linkage.Core.Tests.Support;

/// <summary>SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).</summary>
internal sealed class SmallRandom
{
    private ulong _state;

    public SmallRandom(ulong seed)
    {
        _state = seed;
    }

    /// <summary>0 to <paramref name="limit"/> − 1.</summary>
    public int Next(int limit) => (int)(NextBits() % (ulong)limit);

    /// <summary>0 to 1, without 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * Math.ScaleB(1, -53);

    /// <summary>An index, drawn by the given shares.</summary>
    public int Draw(ReadOnlySpan<double> shares)
    {
        double left = NextDouble();
        int index = 0;
        while (index < shares.Length - 1 && left >= shares[index])
        {
            left -= shares[index];
            index++;
        }

        return index;
    }

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
