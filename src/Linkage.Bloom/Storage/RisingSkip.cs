namespace Linkage.Bloom.Storage;

/// <summary>Tells of rising numbers whether they are among some.</summary>
internal struct RisingSkip
{
    private readonly int[] _rising;
    private int _next;

    /// <summary>Begins before the first.</summary>
    /// <param name="rising">The numbers, each once.</param>
    public RisingSkip(int[] rising) => _rising = rising;

    /// <summary>Whether a number, one more than the one asked for before, is among them.</summary>
    public bool Has(int number)
    {
        bool has = _next < _rising.Length && _rising[_next] == number;
        _next += has ? 1 : 0;
        return has;
    }
}
