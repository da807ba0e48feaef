using Linkage.Core;

namespace Linkage.Sidecar.Services.Unit.Runs.Counts;

/// <summary>The exact numbers of a run. They do not leave the process.</summary>
/// <param name="Records">Records of each party.</param>
/// <param name="Linked">Of these, those whose entity has a record of another party.</param>
/// <param name="MayRepeat">For each party, whether an entity may have several of its records.</param>
/// <param name="Cells">
/// Entities by the parties that have records of them: bit 0 is the first party. What is not listed is 0.
/// </param>
internal sealed record CountTable(
    IReadOnlyList<long> Records,
    IReadOnlyList<long> Linked,
    IReadOnlyList<bool> MayRepeat,
    IReadOnlyDictionary<ulong, long> Cells)
{
    /// <summary>Counts a result.</summary>
    public static CountTable From(LinkResult result)
    {
        ulong[] combinations = new ulong[result.EntityCount];
        ForEachRecord(result, (file, record) => combinations[result.EntityOf(record)] |= 1UL << file);
        long[] linked = new long[result.Files.Count];
        ForEachRecord(result, (file, record) =>
            linked[file] += ulong.PopCount(combinations[result.EntityOf(record)]) > 1 ? 1 : 0);
        return new CountTable(
            [.. result.Files.Select(file => (long)file.RecordCount)],
            linked,
            [.. result.Files.Select(file =>
                result.Files.Count == 1 || result.Options.DuplicateParties.Contains(file.Party))],
            combinations.CountBy(combination => combination).ToDictionary(cell => cell.Key, cell => (long)cell.Value));
    }

    private static void ForEachRecord(LinkResult result, Action<int, int> action)
    {
        int record = 0;
        for (int file = 0; file < result.Files.Count; file++)
        {
            for (int end = record + result.Files[file].RecordCount; record < end; record++)
            {
                action(file, record);
            }
        }
    }
}
