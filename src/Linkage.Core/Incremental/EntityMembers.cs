using System.Runtime.InteropServices;

namespace Linkage.Core.Incremental;

/// <summary>The records of every entity, by link id. Not thread-safe.</summary>
/// <remarks>
/// A ring of records for each entity: of a million entities most have one record or two, and a list for each would take
/// more memory than all that is known of them.
/// </remarks>
internal sealed class EntityMembers
{
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);
    private readonly List<int> _next = [];

    /// <summary>The records of an entity, in no order; none if there is no such entity.</summary>
    public IEnumerable<int> Of(string id)
    {
        if (!_last.TryGetValue(id, out int last))
        {
            yield break;
        }

        int record = last;
        do
        {
            record = _next[record];
            yield return record;
        }
        while (record != last);
    }

    /// <summary>Puts a record that is in no entity into one, which begins with it if there is none.</summary>
    public void Add(string id, int record)
    {
        while (_next.Count <= record)
        {
            _next.Add(_next.Count);
        }

        ref int last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, id, out bool isKnown);
        if (isKnown)
        {
            (_next[record], _next[last]) = (_next[last], record);
        }

        last = record;
    }

    /// <summary>Takes a record out of its entity, which is gone with its last one.</summary>
    public void Remove(string id, int record)
    {
        int before = record;
        while (_next[before] != record)
        {
            before = _next[before];
        }

        (_next[before], _next[record]) = (_next[record], record);
        if (before == record)
        {
            _ = _last.Remove(id);
        }
        else if (_last[id] == record)
        {
            _last[id] = before;
        }
    }
}
