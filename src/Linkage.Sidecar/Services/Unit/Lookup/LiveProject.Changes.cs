using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Core.Incremental;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <content>Changes: first in memory, behind the lock, then on disk, then seen.</content>
internal sealed partial class LiveProject
{
    /// <summary>Adds records of a party.</summary>
    /// <param name="file">The records; disposed with this once they are added, and at once if they are not.</param>
    /// <param name="content">Their bytes.</param>
    /// <param name="replaced">A record that goes at the same time; null for none.</param>
    /// <param name="request">What makes the call repeatable.</param>
    /// <exception cref="Grpc.Core.RpcException">A record is there already, or the one to replace is not.</exception>
    public LiveReceipt Add(
        EncodedFile file, ReadOnlyMemory<byte> content, string? replaced, IdempotentRequest request)
    {
        string party = file.Header.Party;
        bool isTaken = false;
        _lock.EnterWriteLock();
        try
        {
            if (_store.FindAnswer(request) is { } known)
            {
                return known; // the same request came in twice at a time
            }

            RequireNew(file);
            int? number = replaced is null ? null : RequireRecord(new RecordReference(party, replaced), "handle");
            int first = _index.RecordCount;
            LiveReceipt receipt = Change(
                () =>
                {
                    isTaken = true;
                    (IReadOnlyList<EntityChange> changes, int dropped) = TakeIn(file);
                    LiveEdit edit = NewEdit() with
                    {
                        Added = new AddedFile(0, _segments[party], RunId, party, content),
                        DroppedRows = dropped,
                    };
                    return number is { } gone
                        ? TakeOut(edit, changes, [gone])
                        : edit with { Changes = Told(changes) };
                },
                request);
            _added.Add(new LiveFile(file, first, receipt.AddedId));
            return receipt;
        }
        finally
        {
            _lock.ExitWriteLock();
            if (!isTaken)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Removes records of a party; those that are gone already do not count.</summary>
    /// <returns>How many there were, and what was stored.</returns>
    public (int Removed, LiveReceipt Receipt) Remove(string party, IEnumerable<string> handles)
    {
        _lock.EnterWriteLock();
        try
        {
            int[] numbers =
            [
                .. handles.Select(handle => _index.NumberOf(new RecordReference(party, handle)))
                    .Where(number => number >= 0).Distinct().Order(),
            ];
            return numbers.Length == 0
                ? (0, default)
                : (numbers.Length, Change(() => TakeOut(NewEdit(), [], numbers), request: null));
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Follows the decision of a person.</summary>
    /// <exception cref="Grpc.Core.RpcException">A record is not there, or other decisions say the opposite.</exception>
    public LiveReceipt Decide(PairDecision decision)
    {
        _lock.EnterWriteLock();
        try
        {
            int left = RequireRecord(decision.Left, "left");
            int right = RequireRecord(decision.Right, "right");
            if (left == right)
            {
                throw Refusals.BadField("right", "Another record than left.");
            }

            return Change(() => NewEdit() with { Changes = Told(Follow(decision)), Decided = Ordered(decision) }, null);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private LiveReceipt Change(Func<LiveEdit> change, IdempotentRequest? request)
    {
        RequireWhole();
        IsBroken = true;
        try
        {
            LiveEdit edit = change();
            // Waited for here, since the lock belongs to the thread.
            LiveReceipt receipt = _store.WriteAsync(edit, request).GetAwaiter().GetResult();
            IsBroken = false;
            return receipt;
        }
        catch (Grpc.Core.RpcException)
        {
            IsBroken = false; // refused before anything was changed
            throw;
        }
    }

    private (IReadOnlyList<EntityChange> Changes, int DroppedRows) TakeIn(EncodedFile file)
    {
        _files.Add(file);
        return _linker.Add(file);
    }

    private LiveEdit TakeOut(LiveEdit edit, IReadOnlyList<EntityChange> before, IReadOnlyList<int> numbers)
    {
        List<EntityChange> changes = [.. before];
        List<RemovedRecord> removed = [];
        List<(long File, string Handle)> added = [];
        foreach (int number in numbers)
        {
            RecordReference record = _index.Reference(number);
            changes.AddRange(_linker.Remove(number));
            _removed.Add(record);
            LiveFile? file = _added.Find(candidate => candidate.Has(number));
            removed.Add(new RemovedRecord(_segments[record.Party], record.Party, record.Handle)
            {
                WasAdded = file is not null,
            });
            if (file is not null)
            {
                added.Add((file.Id, record.Handle));
            }
        }

        return edit with
        {
            Removed = removed,
            Reduced =
            [
                .. added.GroupBy(record => record.File, record => record.Handle)
                    .Select(group => new ReducedAddition(group.Key, [.. group])),
            ],
            Changes = Told(changes),
        };
    }

    private IReadOnlyList<EntityChange> Follow(PairDecision decision)
    {
        try
        {
            return _linker.Decide(decision);
        }
        catch (ArgumentException)
        {
            throw Refusals.BadField("is_match", "Other decisions say the opposite; change these first.");
        }
    }

    private void RequireNew(EncodedFile file)
    {
        for (int record = 0; record < file.Merge.RecordCount; record++)
        {
            RecordReference reference = new(
                file.Header.Party, Convert.ToHexStringLower(file.Merge.Handle(record)));
            if (_index.NumberOf(reference) >= 0 || _removed.Contains(reference))
            {
                throw Refusals.BadField("encoded_records", "A record of the file was added before.");
            }
        }
    }

    private int RequireRecord(RecordReference record, string field) => _index.NumberOf(record) is var number and >= 0
        ? number
        : throw Refusals.BadField(field, "A record of the project that was not removed.");

    private LiveEdit NewEdit() => new() { ProjectId = ProjectId, RunId = RunId };

    private Stored.LinkChange[] Told(IEnumerable<EntityChange> changes) =>
    [
        .. changes.Select(change => new Stored.LinkChange(
            0,
            change.Kind switch
            {
                EntityChangeKind.Added => Stored.LinkChangeKind.Added,
                EntityChangeKind.Merged => Stored.LinkChangeKind.Merged,
                EntityChangeKind.Split => Stored.LinkChangeKind.Split,
                _ => Stored.LinkChangeKind.Removed,
            },
            [.. change.Records.Select(Told)],
            default)),
    ];

    private Stored.RelinkedRecord Told(Core.Incremental.RelinkedRecord relinked)
    {
        RecordReference record = _index.Reference(relinked.Number);
        return new Stored.RelinkedRecord(record.Party, record.Handle, relinked.OldLinkId, relinked.NewLinkId);
    }

    // A pair has one row, whichever way round it is decided.
    private static DecidedPair Ordered(PairDecision decision)
    {
        (RecordReference left, RecordReference right) = IsBefore(decision.Left, decision.Right)
            ? (decision.Left, decision.Right)
            : (decision.Right, decision.Left);
        return new DecidedPair(left.Party, left.Handle, right.Party, right.Handle, decision.IsMatch);
    }

    private static bool IsBefore(RecordReference left, RecordReference right)
    {
        int byParty = string.CompareOrdinal(left.Party, right.Party);
        return byParty != 0 ? byParty < 0 : string.CompareOrdinal(left.Handle, right.Handle) < 0;
    }
}
