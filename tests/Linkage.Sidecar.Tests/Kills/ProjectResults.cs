using Linkage.V1;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>What the members of a project have downloaded.</summary>
internal sealed class ProjectResults
{
    public IReadOnlyList<ScoredRecordPair> Pairs { get; set; } = [];

    public IReadOnlyList<LinkedGroup> Groups { get; set; } = [];

    /// <summary>By party, its records in the order of the stream, with link id or place.</summary>
    public Dictionary<string, IReadOnlyList<(string Handle, string Value)>> Records { get; } = [];

    public IReadOnlyList<bool> Mask { get; set; } = [];

    /// <summary>By caller.</summary>
    public Dictionary<string, GetCountsResponse> Counts { get; } = [];

    /// <summary>The handles of each party, in order.</summary>
    public IEnumerable<string> Handles() => Records.Order(ByName)
        .SelectMany(party => party.Value.Select(record => $"{party.Key} {record.Handle}"));

    /// <summary>Which records of all parties share a value: what is left when values are random names.</summary>
    public IEnumerable<string> Partition() => Members().Order(StringComparer.Ordinal);

    /// <summary>Which records share a place that the mask calls linked.</summary>
    public IEnumerable<string> LinkedPlaces() => Members(place => Mask[int.Parse(place, null)])
        .Order(StringComparer.Ordinal);

    private static Comparer<KeyValuePair<string, IReadOnlyList<(string Handle, string Value)>>> ByName { get; } =
        Comparer<KeyValuePair<string, IReadOnlyList<(string Handle, string Value)>>>.Create(
            (left, right) => string.CompareOrdinal(left.Key, right.Key));

    private IEnumerable<string> Members(Func<string, bool>? wanted = null) => Records
        .SelectMany(party => party.Value.Select(record => (record.Value, Member: $"{party.Key} {record.Handle}")))
        .Where(record => wanted is null || wanted(record.Value))
        .GroupBy(record => record.Value, record => record.Member)
        .Select(members => string.Join(' ', members.Order(StringComparer.Ordinal)));
}
