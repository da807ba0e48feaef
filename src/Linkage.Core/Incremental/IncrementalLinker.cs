using System.Security.Cryptography;
using Linkage.Bloom.Storage;
using Linkage.Core.Assignment;
using Linkage.Core.Comparisons;
using Linkage.Core.Lookup;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;

namespace Linkage.Core.Incremental;

/// <summary>Links new records to existing entities without a full run; the link ids of old records stay.</summary>
/// <remarks>
/// <para>
/// An addition never takes an entity apart. A new record joins an entity, founds one, or brings several together; then
/// the link id of the one with most records stays, of several the one with the smallest record number. An entity falls
/// apart only where a record is removed that held it together, or a person decides that two of its records are two
/// persons; its link id stays with the largest part.
/// </para>
/// <para>Not thread-safe: one change at a time; lookups in the index may go on meanwhile.</para>
/// </remarks>
public sealed class IncrementalLinker
{
    private const int LinkIdBytes = 16;

    private readonly RecordIndex _index;
    private readonly IncrementalOptions _options;
    private readonly bool[] _duplicatesFree;
    private readonly List<string?> _linkIds;
    private readonly EntityMembers _members = new();
    private readonly Dictionary<int, List<DecidedLink>> _decisions = [];

    private IncrementalLinker(RecordIndex index, IncrementalOptions options, IReadOnlyList<string?> linkIds)
    {
        _index = index;
        _options = options;
        _duplicatesFree =
        [
            .. index.Parties.Select(party => index.Parties.Count > 1 && !options.DuplicateParties.Contains(party)),
        ];
        _linkIds = [.. linkIds];
        for (int record = 0; record < _linkIds.Count; record++)
        {
            if (_linkIds[record] is { } id)
            {
                _members.Add(id, record);
            }
        }
    }

    /// <summary>Carries entities on.</summary>
    /// <param name="index">All records.</param>
    /// <param name="linkIds">The link id of every record of the index, by number; null for one that is removed.</param>
    /// <param name="options">How the entities were made.</param>
    /// <returns>The linker.</returns>
    /// <exception cref="ArgumentException">
    /// There are not as many link ids as records, or decisions contradict each other.
    /// </exception>
    public static IncrementalLinker Create(
        RecordIndex index, IReadOnlyList<string?> linkIds, IncrementalOptions options)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(linkIds);
        ArgumentNullException.ThrowIfNull(options);
        if (linkIds.Count != index.RecordCount)
        {
            throw new ArgumentException(
                $"There are {linkIds.Count} link ids for {index.RecordCount} records.", nameof(linkIds));
        }

        var linker = new IncrementalLinker(index, options, linkIds);
        foreach (PairDecision decision in options.Decisions)
        {
            // Records that are gone take what was decided of them along.
            (int left, int right) = (index.NumberOf(decision.Left), index.NumberOf(decision.Right));
            if (left >= 0 && right >= 0)
            {
                linker.Remember(new DecidedLink(left, right, decision.IsMatch));
            }
        }

        return linker;
    }

    /// <summary>The link id of a record; null if it is removed.</summary>
    /// <param name="record">Its number in the index.</param>
    public string? LinkIdOf(int record) => _linkIds[record];

    /// <summary>The records of an entity, by number; empty if there is none with this id.</summary>
    /// <param name="linkId">The link id.</param>
    public IReadOnlyList<int> RecordsOf(string linkId)
    {
        ArgumentNullException.ThrowIfNull(linkId);
        return [.. _members.Of(linkId).Order()];
    }

    /// <summary>Adds records to the index and links them.</summary>
    /// <param name="file">The records, of one of the index's parties; kept open by the caller.</param>
    /// <returns>What changed, and how many rows are in no block any more (<see cref="RecordIndex.Add"/>).</returns>
    /// <exception cref="EncodingFormatException">The file does not belong to the index's files or parties.</exception>
    public (IReadOnlyList<EntityChange> Changes, int DroppedRows) Add(EncodedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Add(file, heirOf: null);
    }

    /// <summary>Puts records in the place of one that goes.</summary>
    /// <remarks>
    /// A record that is the same person stays in the entity, or keeps the link id if it was alone in it: whether the id
    /// stays must not tell the party of the record whether anybody else knows the person.
    /// </remarks>
    /// <param name="record">Number in the index of the one that goes.</param>
    /// <param name="file">Those that come, of one of the index's parties; kept open by the caller.</param>
    /// <returns>What changed, and how many rows are in no block any more (<see cref="RecordIndex.Add"/>).</returns>
    /// <exception cref="EncodingFormatException">The file does not belong to the index's files or parties.</exception>
    public (IReadOnlyList<EntityChange> Changes, int DroppedRows) Replace(int record, EncodedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        bool isSame = Enumerable.Range(0, file.Merge.RecordCount).Any(
            coming => _index.Find(file, coming).Any(
                match => match.Number == record && match.Decision == Decision.Match));
        string? alone = isSame && _linkIds[record] is { } id && !_members.Of(id).Skip(1).Any() ? id : null;
        IReadOnlyList<EntityChange> gone = Remove(record);
        (IReadOnlyList<EntityChange> come, int droppedRows) = Add(file, alone);
        return ([.. gone, .. come], droppedRows);
    }

    private (IReadOnlyList<EntityChange> Changes, int DroppedRows) Add(EncodedFile file, string? heirOf)
    {
        (int first, int droppedRows) = _index.Add(file);
        int count = file.Merge.RecordCount;
        _linkIds.AddRange(new string?[count]);
        SortedSet<int> concerned = [.. Enumerable.Range(first, count)];
        var neighbours = new Dictionary<int, Dictionary<int, ComparisonVector>>();
        for (int record = first; record < first + count; record++)
        {
            AddEntitiesNear(record, concerned, neighbours);
        }

        int[] records = [.. concerned];
        int[] labels = LinkLocally(records, neighbours, keep: true, record => record >= first);
        return (Apply(records, labels, heirOf), droppedRows);
    }

    /// <summary>Removes a record from the index and from its entity.</summary>
    /// <param name="record">Its number in the index.</param>
    /// <returns>What changed; empty if it was removed before.</returns>
    public IReadOnlyList<EntityChange> Remove(int record)
    {
        if (!_index.Remove(record) || _linkIds[record] is not { } id)
        {
            return [];
        }

        _linkIds[record] = null;
        _members.Remove(id, record);
        ForgetDecisions(record);
        var changes = new List<EntityChange>
        {
            new(EntityChangeKind.Removed, [new RelinkedRecord(record, id, null)]),
        };
        int[] rest = [.. _members.Of(id).Order()];
        if (rest.Length > 0)
        {
            changes.AddRange(TakeApart(rest));
        }

        return changes;
    }

    /// <summary>Follows a person who decided about two records, now and in later changes.</summary>
    /// <param name="decision">The decision; it replaces an earlier one on the same pair.</param>
    /// <returns>What changed.</returns>
    /// <exception cref="ArgumentException">
    /// A record does not exist, both are the same, or other decisions say the opposite.
    /// </exception>
    public IReadOnlyList<EntityChange> Decide(PairDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        (int left, int right) = (_index.NumberOf(decision.Left), _index.NumberOf(decision.Right));
        if (left < 0 || right < 0 || left == right)
        {
            throw new ArgumentException("The decision speaks of a record that does not exist, or of one twice.");
        }

        int[] concerned = [.. _members.Of(_linkIds[left]!).Union(_members.Of(_linkIds[right]!)).Order()];
        DecidedLink link = new(left, right, decision.IsMatch);
        RequireNoContradiction(concerned, link);
        Remember(link);
        if (_linkIds[left] == _linkIds[right])
        {
            return decision.IsMatch ? [] : TakeApart(concerned);
        }

        return !decision.IsMatch ? []
            : CanMerge(concerned) ? Apply(concerned, LinkLocally(concerned, [], keep: true, _ => false))
            : TakeApart(concerned);
    }

    // Two entities whole, unless that puts together what persons or a party say are two persons.
    private bool CanMerge(int[] records)
    {
        int[] once = [.. records.Select(_index.PartyOf).Where(party => _duplicatesFree[party])];
        Dictionary<int, int> places = records.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return once.Distinct().Count() == once.Length && DecisionsAmong(places).All(link => link.IsMatch);
    }

    /// <summary>Links the records of one entity anew.</summary>
    private List<EntityChange> TakeApart(int[] records) =>
        Apply(records, LinkLocally(records, [], keep: false, _ => true));

    private void AddEntitiesNear(
        int record, SortedSet<int> concerned, Dictionary<int, Dictionary<int, ComparisonVector>> neighbours)
    {
        Dictionary<int, ComparisonVector> met = _index.NeighboursOf(record);
        neighbours[record] = met;
        foreach ((int other, ComparisonVector vector) in met)
        {
            if (_index.Judge.Judge(vector).Decision != Decision.NonMatch && _linkIds[other] is { } id)
            {
                concerned.UnionWith(_members.Of(id));
            }
        }
    }

    /// <summary>Puts records into entities by what they are to each other.</summary>
    /// <param name="records">The records, rising.</param>
    /// <param name="neighbours">What is known of whom a record shares a block with.</param>
    /// <param name="keep">Whether entities stay as they are, and may only grow.</param>
    /// <param name="isOpen">Whether a record looks for partners.</param>
    /// <returns>Per record its entity.</returns>
    private int[] LinkLocally(
        int[] records,
        Dictionary<int, Dictionary<int, ComparisonVector>> neighbours,
        bool keep,
        Func<int, bool> isOpen)
    {
        var places = new Dictionary<int, int>();
        foreach ((int place, int record) in records.Index())
        {
            places[record] = place;
        }

        var met = new List<MetPair>();
        int[] parties = [.. records.Select(_index.PartyOf)];
        foreach ((int place, int record) in records.Index())
        {
            if (!neighbours.TryGetValue(record, out Dictionary<int, ComparisonVector>? others))
            {
                others = _index.NeighboursOf(record);
            }

            foreach ((int other, ComparisonVector vector) in others)
            {
                // Both find the pair; within a party that lists nobody twice there is none.
                if (other > record
                    && places.TryGetValue(other, out int otherPlace)
                    && (parties[place] != parties[otherPlace] || !_duplicatesFree[parties[place]]))
                {
                    met.Add(new MetPair(place, otherPlace, 0, vector));
                }
            }
        }

        IEnumerable<int[]> kept = keep
            ? records.Where(record => _linkIds[record] is not null).GroupBy(record => _linkIds[record])
                .Select(members => members.Select(record => places[record]).ToArray())
            : [];
        return new LocalRecords(parties, _duplicatesFree, met, _options.Model).Link(
            kept,
            place => isOpen(records[place]),
            DecidedLinks.From(records.Length, DecisionsAmong(places)),
            _options.Thresholds.Match,
            _options.IsOneToOne ? _options.PosteriorScaleBits : null);
    }

    /// <summary>Gives the records the link ids of their new entities.</summary>
    /// <param name="records">The records, rising.</param>
    /// <param name="labels">Per record its entity.</param>
    /// <param name="heirOf">A link id that is free, for the first entity that has none; null for none.</param>
    private List<EntityChange> Apply(int[] records, int[] labels, string? heirOf = null)
    {
        var changes = new List<EntityChange>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        int[][] entities =
        [
            .. records.Zip(labels).GroupBy(pair => pair.Second, pair => pair.First).Select(entity => entity.ToArray())
                .OrderByDescending(entity => entity.Count(record => _linkIds[record] is not null))
                .ThenBy(entity => entity[0]),
        ];
        foreach (int[] entity in entities)
        {
            string[] oldIds =
            [
                .. entity.Where(record => _linkIds[record] is not null).GroupBy(record => _linkIds[record]!)
                    .OrderByDescending(part => part.Count()).ThenBy(part => part.Min()).Select(part => part.Key),
            ];

            // The larger part of an entity that fell apart comes first and takes the id; the others need a new one.
            string id = oldIds.FirstOrDefault(old => !taken.Contains(old)) ?? heirOf ?? NewLinkId();
            heirOf = id == heirOf ? null : heirOf;
            _ = taken.Add(id);
            AddChange(changes, EntityChangeKind.Added, entity.Where(record => _linkIds[record] is null), id);
            AddChange(
                changes,
                oldIds.Length > 1 ? EntityChangeKind.Merged : EntityChangeKind.Split,
                entity.Where(record => _linkIds[record] is { } old && old != id),
                id);
        }

        foreach (RelinkedRecord relinked in changes.SelectMany(change => change.Records))
        {
            Move(relinked);
        }

        return changes;
    }

    private void AddChange(List<EntityChange> changes, EntityChangeKind kind, IEnumerable<int> records, string id)
    {
        RelinkedRecord[] relinked =
            [.. records.Order().Select(record => new RelinkedRecord(record, _linkIds[record], id))];
        if (relinked.Length > 0)
        {
            changes.Add(new EntityChange(kind, relinked));
        }
    }

    private void Move(RelinkedRecord relinked)
    {
        if (relinked.OldLinkId is { } old)
        {
            _members.Remove(old, relinked.Number);
        }

        _linkIds[relinked.Number] = relinked.NewLinkId;
        _members.Add(relinked.NewLinkId!, relinked.Number);
    }

    private static string NewLinkId() => RandomNumberGenerator.GetHexString(2 * LinkIdBytes, lowercase: true);

    private void Remember(DecidedLink link)
    {
        ForgetDecision(link.Left, link.Right);
        DecisionsOf(link.Left).Add(link);
        DecisionsOf(link.Right).Add(link);
    }

    private List<DecidedLink> DecisionsOf(int record)
    {
        if (!_decisions.TryGetValue(record, out List<DecidedLink>? links))
        {
            _decisions.Add(record, links = []);
        }

        return links;
    }

    private void ForgetDecision(int left, int right)
    {
        bool IsOfBoth(DecidedLink link) =>
            (link.Left == left && link.Right == right) || (link.Left == right && link.Right == left);
        _ = DecisionsOf(left).RemoveAll(IsOfBoth);
        _ = DecisionsOf(right).RemoveAll(IsOfBoth);
    }

    private void ForgetDecisions(int record)
    {
        foreach (DecidedLink link in DecisionsOf(record).ToArray())
        {
            ForgetDecision(link.Left, link.Right);
        }
    }

    private DecidedLink[] DecisionsAmong(Dictionary<int, int> places) =>
    [
        .. places.Keys.Order().Where(_decisions.ContainsKey).SelectMany(record => _decisions[record]
            .Where(link => link.Left == record && places.ContainsKey(link.Right))
            .Select(link => new DecidedLink(places[link.Left], places[link.Right], link.IsMatch))),
    ];

    private void RequireNoContradiction(int[] concerned, DecidedLink link)
    {
        Dictionary<int, int> places = concerned.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        DecidedLink[] others =
        [
            .. DecisionsAmong(places).Where(known =>
                (known.Left, known.Right) != (places[link.Left], places[link.Right])
                && (known.Left, known.Right) != (places[link.Right], places[link.Left])),
            new DecidedLink(places[link.Left], places[link.Right], link.IsMatch),
        ];
        if (DecidedLinks.FindContradiction(concerned.Length, others) is not null)
        {
            throw new ArgumentException("Other decisions say the opposite.");
        }
    }
}
