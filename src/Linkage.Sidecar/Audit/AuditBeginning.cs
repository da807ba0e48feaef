using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Audit;

/// <summary>Takes a log up where it was left: checks its end, writes what it is owed, and tells the store.</summary>
internal static class AuditBeginning
{
    /// <summary>Takes up the log of a data directory, new or not.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="marks">What the store knows of the log; null for a log without a store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="first">The entry that says who takes it up.</param>
    /// <param name="segmentBytes">A segment that is as long takes no more.</param>
    /// <exception cref="AuditDamagedException">It is not the log that was left.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static AuditAppender TakeUp(
        string data, AuditMarks? marks, TimeProvider time, AuditEvent first, long segmentBytes)
    {
        AuditFolder folder = AuditFolder.InData(data);
        StoreFolders.CreatePrivate(folder.Root);
        AuditMark? mark = marks?.Find();
        AuditKey key = KeyOf(folder, mark);
        AuditAppender? appender = null;
        try
        {
            AuditRecovery recovery = new(folder, key, mark);
            AuditEnd end = recovery.FindEnd();
            IReadOnlyList<OwedEntry> notes = marks?.Outbox.List() ?? [];
            IReadOnlyList<OwedEntry> owed = OwedEntries.NotIn(folder, notes);
            appender = new AuditAppender(folder, key, time, end, segmentBytes);
            AuditEvent[] mended = recovery.Mended is { } found ? [found] : [];
            appender.Append([.. mended, first, .. owed.Select(entry => entry.Event)]);
            if (marks is not null)
            {
                // Told now: whatever is done from here on is done after this entry, and no number means two acts.
                marks.Outbox.Settle(notes.Select(entry => entry.Act));
                marks.MoveAsync(new AuditMark(appender.Sequence, appender.Hash)).GetAwaiter().GetResult();
            }

            return appender;
        }
        catch
        {
            key.Dispose();
            appender?.Dispose();
            throw;
        }
    }

    // A log whose key is gone would go on under another one, and nobody could tell that from a forged log.
    private static AuditKey KeyOf(AuditFolder folder, AuditMark? mark)
    {
        if (File.Exists(folder.Key))
        {
            return AuditKey.Load(folder);
        }

        return folder.FirstNumbers().Count == 0 && mark is null
            ? AuditKey.Create(folder)
            : throw new AuditDamagedException(
                folder.Root, 0, "the audit log cannot be continued: its key audit.key is gone");
    }
}
