namespace Linkage.Bloom.Blocking;

/// <summary>One independent reason for two records to meet, with its ways of blocking from coarse to fine.</summary>
/// <param name="IsReserve">True when it is used only where the others are few.</param>
/// <param name="Rungs">
/// Each a set of passes that replace the rung before; a refined rung has two passes, refined by different fields, since
/// a single refined pass loses what an error in the refining field hides.
/// </param>
internal sealed record PassAdvisorSource(bool IsReserve, IReadOnlyList<IReadOnlyList<string[]>> Rungs)
{
    /// <summary>Reads rungs as written in tables: passes apart by a blank, key parts by a plus sign.</summary>
    public static PassAdvisorSource Of(bool isReserve, params IEnumerable<string> rungs) => new(
        isReserve,
        [.. rungs.Select(rung => (IReadOnlyList<string[]>)[.. rung.Split(' ').Select(pass => pass.Split('+'))])]);
}
