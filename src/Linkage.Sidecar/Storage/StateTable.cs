namespace Linkage.Sidecar.Storage;

/// <summary>The steps a state may take; every other is refused.</summary>
internal sealed class StateTable<TState>
    where TState : struct, Enum
{
    private readonly string _what;
    private readonly HashSet<(TState From, TState To)> _allowed;

    public StateTable(string what, params (TState From, TState To)[] allowed)
    {
        _what = what;
        _allowed = [.. allowed];
    }

    /// <summary>Whether the step may be taken.</summary>
    public bool Allows(TState from, TState to) => _allowed.Contains((from, to));

    /// <summary>Refuses a step that may not be taken.</summary>
    /// <exception cref="StoreRefusedException">It may not.</exception>
    public void Require(TState from, TState to)
    {
        if (!Allows(from, to))
        {
            throw new StoreRefusedException(
                StoreRefusal.WrongState, $"The {_what} is {from}; from there it cannot become {to}.");
        }
    }
}
