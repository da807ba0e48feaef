namespace Linkage.Bloom.Blocking;

/// <summary>Counts what a pass loses, of all records and of each group.</summary>
/// <param name="groups">The groups of the records.</param>
internal sealed class PassLossCounter(PassGroups groups)
{
    // One place a group, and the last for all records.
    private readonly int[] _records = new int[groups.Count + 1];
    private readonly int[] _withoutKey = new int[groups.Count + 1];
    private readonly int[] _dropped = new int[groups.Count + 1];

    /// <summary>The loss of all records.</summary>
    public PassLoss Total => LossOf(null, groups.Count);

    /// <summary>Counts a record.</summary>
    public void Add(int record, bool hasKey, bool isDropped)
    {
        CountAt(groups.Count, hasKey, isDropped);
        int group = groups.Of(record);
        if (group >= 0)
        {
            CountAt(group, hasKey, isDropped);
        }
    }

    /// <summary>The losses by group in ordinal order of the names, the small ones together at the end.</summary>
    public IReadOnlyList<PassLoss> ByGroup()
    {
        PassLoss[] all = [.. Enumerable.Range(0, groups.Count).Select(group => LossOf(groups.NameOf(group), group))];
        PassLoss[] small = [.. all.Where(loss => loss.Records < PassSurvey.LeastGroup)];
        IEnumerable<PassLoss> large = all.Except(small).OrderBy(loss => loss.Group, StringComparer.Ordinal);
        PassLoss together = new(
            null, small.Sum(loss => loss.Records), small.Sum(loss => loss.WithoutKey), small.Sum(loss => loss.Dropped));
        return small.Length == 0 ? [.. large] : [.. large, together];
    }

    private void CountAt(int at, bool hasKey, bool isDropped)
    {
        _records[at]++;
        _withoutKey[at] += hasKey ? 0 : 1;
        _dropped[at] += isDropped ? 1 : 0;
    }

    private PassLoss LossOf(string? name, int at) => new(name, _records[at], _withoutKey[at], _dropped[at]);
}
