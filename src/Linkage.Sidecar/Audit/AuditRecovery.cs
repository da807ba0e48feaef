using System.Globalization;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Audit;

/// <summary>Finds the end of a log at the start, and refuses one that is not the one that was left.</summary>
internal sealed class AuditRecovery
{
    /// <summary>The action of the entry that says what the start had to mend.</summary>
    public const string Action = "process/recover";

    private readonly AuditFolder _folder;
    private readonly AuditKey _key;
    private readonly AuditMark? _mark;

    /// <summary>Looks at a folder.</summary>
    /// <param name="folder">Where the log is.</param>
    /// <param name="key">The unit's key.</param>
    /// <param name="mark">How far the log was when the store last heard of it; null if it never did.</param>
    public AuditRecovery(AuditFolder folder, AuditKey key, AuditMark? mark)
    {
        _folder = folder;
        _key = key;
        _mark = mark;
    }

    /// <summary>What had to be mended, to be the next entry; null if nothing had to.</summary>
    public AuditEvent? Mended { get; private set; }

    /// <summary>Checks the log from the oldest of its two marks on.</summary>
    /// <exception cref="AuditDamagedException">It was changed, cut, or is older than head or store.</exception>
    public AuditEnd FindEnd()
    {
        AuditHead? head = ReadHead();
        IReadOnlyList<long> firsts = _folder.FirstNumbers();
        long oldest = Math.Min(head?.Sequence ?? long.MaxValue, _mark?.Sequence ?? long.MaxValue);
        long before = firsts.Count > 1 ? firsts[^2] : 1; // the last segment may have been left without an entry
        AuditReader reader = new(_folder);
        AuditRecord? last = null;
        foreach (AuditRecord record in reader.ReadFrom(Math.Min(oldest, before)))
        {
            Check(record, head?.Sequence, head?.Hash, "its signed head");
            Check(record, _mark?.Sequence, Hex(_mark), "the store");
            last = record;
        }

        long end = last?.Sequence ?? 0;
        RequireReached(end, head?.Sequence, "its signed head");
        RequireReached(end, _mark?.Sequence, "the store");
        Note(end, head, reader.TornBytes);
        return firsts.Count == 0
            ? AuditEnd.OfNothing
            : new AuditEnd(end, last?.Hash ?? AuditChain.Beginning.ToArray(), firsts[^1], reader.WholeBytes);
    }

    private static string? Hex(AuditMark? mark) => mark is null ? null : Convert.ToHexStringLower(mark.Hash.Span);

    // A head that cannot be read is what a loss of power may leave; then the store's mark has to do.
    private AuditHead? ReadHead()
    {
        AuditHead? head = _folder.ReadHead();
        return head is null || _key.HasSigned(head)
            ? head
            : throw Refused(0, "its head is not signed by the unit's key audit.key");
    }

    private void Check(AuditRecord record, long? sequence, string? hash, string whose)
    {
        if (record.Sequence == sequence && Convert.ToHexStringLower(record.Hash) != hash)
        {
            throw Refused(record.Sequence, string.Create(
                CultureInfo.InvariantCulture,
                $"entry {record.Sequence} or one before it is not the one that {whose} knows"));
        }
    }

    private void RequireReached(long end, long? sequence, string whose)
    {
        if (end < sequence)
        {
            throw Refused(end + 1, string.Create(
                CultureInfo.InvariantCulture,
                $"it ends with entry {end}, but {whose} knows entry {sequence}; an older log was put in its place, "
                + $"or its end was cut off"));
        }
    }

    private AuditDamagedException Refused(long sequence, string fault) => new(
        _folder.Root, sequence, $"the audit log cannot be continued: {fault}");

    private void Note(long end, AuditHead? head, long tornBytes)
    {
        long unsigned = end - (head?.Sequence ?? 0);
        if (unsigned > 0 || tornBytes > 0)
        {
            Mended = new AuditEvent
            {
                Kind = AuditKind.Alert,
                Action = Action,
                Counts = new Dictionary<string, long> { ["cut_bytes"] = tornBytes, ["unsigned_entries"] = unsigned },
            };
        }
    }
}
