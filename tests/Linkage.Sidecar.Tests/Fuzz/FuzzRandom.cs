namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014, figure 16): the same numbers for a seed on every machine.</summary>
internal sealed class FuzzRandom
{
    private ulong _state;

    /// <summary>The numbers of one request: it can be drawn again without those before it.</summary>
    public FuzzRandom(int seed, int index)
    {
        _state = ((ulong)(uint)seed << 32) | (uint)index;
        _state = Next();
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)Next();
        }

        return bytes;
    }
}
