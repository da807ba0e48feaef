using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Audit;

/// <summary>Finds out which of the entries that the log is owed are in it already.</summary>
internal static class OwedEntries
{
    /// <summary>Those that are not.</summary>
    /// <remarks>
    /// A process that was killed may have written an entry and not dropped its note. The store says how far the log was
    /// when the note was made, so that only what was written since has to be read.
    /// </remarks>
    /// <exception cref="AuditDamagedException">An entry is not what was written.</exception>
    public static IReadOnlyList<OwedEntry> NotIn(AuditFolder folder, IReadOnlyList<OwedEntry> owed)
    {
        if (owed.Count == 0)
        {
            return [];
        }

        long after = owed.Min(entry => entry.After);
        HashSet<long> there =
        [
            .. new AuditReader(folder).ReadFrom(after + 1)
                .Where(record => record.Sequence > after)
                .Select(record => record.Event.Counts.GetValueOrDefault(AuditEvent.ActCount))
                .Where(act => act > 0),
        ];
        return [.. owed.Where(entry => !there.Contains(entry.Act))];
    }
}
