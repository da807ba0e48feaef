using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Core.Incremental;
using Linkage.Sidecar.Services.Unit.Runs.Results;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <content>From what the store holds to what was there before.</content>
internal sealed partial class LiveProject
{
    /// <summary>Brings everything to where the store is, and carries over what an earlier run was told.</summary>
    /// <param name="rows">What has happened since the run.</param>
    /// <param name="links">The link id of every record of the run.</param>
    /// <param name="basis">How the run decided.</param>
    /// <exception cref="StoreRefusedException">Another run has succeeded meanwhile.</exception>
    public void Restore(LiveRows rows, ReadOnlySpan<byte> links, RunBasis basis)
    {
        List<string?> ids = ReadLinks(links);
        foreach (AddedFile added in rows.Added.Where(added => added.RunId == RunId))
        {
            EncodedFile file = Keep(added);
            _added.Add(new LiveFile(file, _index.Add(file).FirstRecord, added.Id));
            ids.AddRange(new string?[file.Merge.RecordCount]);
        }

        HashSet<RecordReference> taken = [];
        foreach (Storage.RelinkedRecord relinked in rows.Relinked)
        {
            RecordReference record = new(relinked.Party, relinked.Handle);
            if (_index.NumberOf(record) is var number and >= 0)
            {
                ids[number] = relinked.NewLinkId;
            }

            _ = relinked.NewLinkId is null ? taken.Add(record) : taken.Remove(record);
        }

        foreach (RecordReference record in rows.Removed.Select(ReferenceOf).Where(taken.Contains))
        {
            Forget(record, ids);
        }

        _linker = IncrementalLinker.Create(_index, ids, OptionsOf(rows, basis));
        CarryOver(rows);
    }

    private IncrementalOptions OptionsOf(LiveRows rows, RunBasis basis) => new()
    {
        Model = _model,
        Thresholds = new Bloom.Schemas.DecisionThresholds(basis.Match, basis.Possible),
        DuplicateParties = basis.DuplicateParties,
        IsOneToOne = basis.IsOneToOne,
        PosteriorScaleBits = basis.PosteriorScaleBits,
        Decisions = [.. DecisionsOf(rows)],
    };

    private static IEnumerable<PairDecision> DecisionsOf(LiveRows rows) => rows.Decided.Select(decided =>
        new PairDecision(
            new RecordReference(decided.LeftParty, decided.LeftHandle),
            new RecordReference(decided.RightParty, decided.RightHandle),
            decided.IsMatch));

    private bool HasBoth(PairDecision decision) =>
        _index.NumberOf(decision.Left) >= 0 && _index.NumberOf(decision.Right) >= 0;

    // The new run knows neither the records added before it nor of the removed ones that they are gone.
    private void CarryOver(LiveRows rows)
    {
        List<EntityChange> changes = [];
        List<long> adopted = [];
        long dropped = 0;
        foreach (AddedFile added in rows.Added.Where(added => added.RunId != RunId))
        {
            int first = _index.RecordCount;
            EncodedFile file = Keep(added);
            (IReadOnlyList<EntityChange> more, int rowsDropped) = _linker.Add(file);
            changes.AddRange(more);
            dropped += rowsDropped;
            adopted.Add(added.Id);
            _added.Add(new LiveFile(file, first, added.Id));
        }

        if (adopted.Count > 0)
        {
            changes.AddRange(DecisionsOf(rows).Where(HasBoth).SelectMany(_linker.Decide));
        }

        foreach (RecordReference record in rows.Removed.Select(ReferenceOf))
        {
            if (_removed.Add(record) && _index.NumberOf(record) is var number and >= 0)
            {
                changes.AddRange(_linker.Remove(number));
            }
        }

        if (changes.Count > 0 || adopted.Count > 0)
        {
            LiveEdit edit = NewEdit() with { Adopted = adopted, Changes = Told(changes), DroppedRows = dropped };
            _ = _store.WriteAsync(edit, request: null).GetAwaiter().GetResult();
        }
    }

    private EncodedFile Keep(AddedFile added)
    {
        var file = EncodedFile.Read(added.Content.Span, "added");
        _files.Add(file);
        return file;
    }

    private void Forget(RecordReference record, List<string?> ids)
    {
        if (_removed.Add(record) && _index.NumberOf(record) is var number and >= 0)
        {
            _ = _index.Remove(number);
            ids[number] = null;
        }
    }

    private List<string?> ReadLinks(ReadOnlySpan<byte> links)
    {
        if (links.Length != _index.RecordCount * RowLengths.Id)
        {
            throw new InvalidDataException("A run's link ids are not those of its records.");
        }

        List<string?> ids = new(_index.RecordCount);
        Dictionary<string, string> known = new(StringComparer.Ordinal);
        for (int at = 0; at < links.Length; at += RowLengths.Id)
        {
            // One text for all records of an entity.
            string id = RowCells.ReadId(links[at..]);
            if (!known.TryAdd(id, id))
            {
                id = known[id];
            }

            ids.Add(id);
        }

        return ids;
    }

    private static RecordReference ReferenceOf(RemovedRecord removed) => new(removed.Party, removed.Handle);
}
