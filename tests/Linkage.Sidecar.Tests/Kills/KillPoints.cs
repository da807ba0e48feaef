namespace Linkage.Sidecar.Tests.Kills;

/// <summary>When the unit is killed, drawn by a seed; or never.</summary>
internal sealed class KillPoints
{
    private readonly Random _random;

    private KillPoints(int seed, bool areAny)
    {
        _random = new Random(seed);
        AreAny = areAny;
    }

    /// <summary>Nobody kills anything.</summary>
    public static KillPoints None => new(0, areAny: false);

    public bool AreAny { get; }

    public static KillPoints Of(int seed) => new(seed, areAny: true);

    /// <summary>A number from a least one to below a bound.</summary>
    public int Next(int least, int bound) => _random.Next(least, bound);

    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        _random.Shuffle(shuffled);
        return shuffled;
    }
}
