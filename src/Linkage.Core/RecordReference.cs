namespace Linkage.Core;

/// <summary>A record as the linkage unit knows it.</summary>
/// <param name="Party">The party whose record it is.</param>
/// <param name="Handle">
/// Its random handle, 32 lower-case hex digits; only the party can turn it back into an id.
/// </param>
public readonly record struct RecordReference(string Party, string Handle)
{
    /// <summary>Party and handle.</summary>
    /// <returns>For example <c>health/0f3a…</c>.</returns>
    public override string ToString() => $"{Party}/{Handle}";
}
