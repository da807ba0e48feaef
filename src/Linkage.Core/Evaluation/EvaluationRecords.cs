namespace Linkage.Core.Evaluation;

/// <summary>What is known about the records to evaluate: the source, true entity and group of each.</summary>
/// <remarks>
/// Records are numbered from zero. With several sources only pairs across sources count, as truth and as prediction;
/// with one source, the pairs within it. Immutable and safe to share between threads.
/// </remarks>
public sealed class EvaluationRecords
{
    private const int NoTruth = -1;

    private readonly int[] _sources;
    private readonly int[] _truth;
    private readonly int[] _groups;
    private readonly string[] _groupNames;

    /// <summary>Takes truth as numbers.</summary>
    /// <param name="sourceCount">How many sources were linked, those without records included; at least one.</param>
    /// <param name="sources">Per record the number of its source, 0 to <paramref name="sourceCount"/> − 1.</param>
    /// <param name="truth">Per record the number of its true entity; −1 if unknown: it makes no true pair.</param>
    /// <param name="groups">Per record the label of its group, or nothing if quality by group is not wanted.</param>
    /// <exception cref="ArgumentException">Lengths differ or a number is out of range; the record is named.</exception>
    public EvaluationRecords(
        int sourceCount, ReadOnlySpan<int> sources, ReadOnlySpan<int> truth, IReadOnlyList<string?>? groups = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceCount, 1);
        ThrowIfLengthsDiffer(sources.Length, truth.Length, groups);
        for (int record = 0; record < sources.Length; record++)
        {
            if ((uint)sources[record] >= (uint)sourceCount)
            {
                throw new ArgumentException($"Record {record} belongs to no known source.", nameof(sources));
            }

            if (truth[record] < NoTruth)
            {
                throw new ArgumentException($"Record {record} has a truth number below -1.", nameof(truth));
            }
        }

        SourceCount = sourceCount;
        _sources = sources.ToArray();
        _truth = truth.ToArray();
        (_groupNames, _groups) = NumberGroups(groups);
    }

    /// <summary>Number of records.</summary>
    public int Count => _sources.Length;

    /// <summary>Number of sources.</summary>
    public int SourceCount { get; }

    /// <summary>Whether only pairs across sources count.</summary>
    internal bool IsCrossSource => SourceCount > 1;

    /// <summary>The source of each record.</summary>
    internal ReadOnlySpan<int> Sources => _sources;

    /// <summary>Labels of the groups, ordinally sorted; empty without groups.</summary>
    internal ReadOnlySpan<string> GroupNames => _groupNames;

    /// <summary>Takes truth as labels, such as the cells of a CSV column.</summary>
    /// <param name="sourceCount">How many sources were linked, those without records included; at least one.</param>
    /// <param name="sources">Per record the number of its source, 0 to <paramref name="sourceCount"/> − 1.</param>
    /// <param name="truth">Per record the label of its true entity; null or empty if unknown.</param>
    /// <param name="groups">Per record the label of its group, or nothing if quality by group is not wanted.</param>
    /// <returns>The records.</returns>
    /// <exception cref="ArgumentException">Lengths differ or a number is out of range; the record is named.</exception>
    public static EvaluationRecords FromLabels(
        int sourceCount, ReadOnlySpan<int> sources, IReadOnlyList<string?> truth, IReadOnlyList<string?>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] numbered = new int[truth.Count];
        for (int record = 0; record < numbered.Length; record++)
        {
            string? label = truth[record];
            if (string.IsNullOrEmpty(label))
            {
                numbered[record] = NoTruth;
            }
            else if (numbers.TryGetValue(label, out int number))
            {
                numbered[record] = number;
            }
            else
            {
                numbered[record] = numbers.Count;
                numbers.Add(label, numbers.Count);
            }
        }

        return new EvaluationRecords(sourceCount, sources, numbered, groups);
    }

    /// <summary>The true entity of a record, or -1.</summary>
    internal int Truth(int record) => _truth[record];

    /// <summary>The number of a record's group in <see cref="GroupNames"/>; 0 without groups.</summary>
    internal int Group(int record) => _groups.Length == 0 ? 0 : _groups[record];

    /// <summary>Whether two records make a pair that counts, whatever it is worth.</summary>
    internal bool Counts(int a, int b) => !IsCrossSource || _sources[a] != _sources[b];

    /// <summary>Whether two records are the same entity in truth.</summary>
    internal bool AreSame(int a, int b) => _truth[a] != NoTruth && _truth[a] == _truth[b];

    private static void ThrowIfLengthsDiffer(int sources, int truth, IReadOnlyList<string?>? groups)
    {
        if (truth != sources)
        {
            throw new ArgumentException("There must be one truth per record.", nameof(truth));
        }

        if (groups is not null && groups.Count != sources)
        {
            throw new ArgumentException("There must be one group per record.", nameof(groups));
        }
    }

    private static (string[] Names, int[] Numbers) NumberGroups(IReadOnlyList<string?>? groups)
    {
        if (groups is null)
        {
            return ([], []);
        }

        string[] names = [.. groups.Select(group => group ?? "").Distinct(StringComparer.Ordinal)];
        Array.Sort(names, StringComparer.Ordinal);
        Dictionary<string, int> numberOfName = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            numberOfName.Add(names[i], i);
        }

        int[] numbers = new int[groups.Count];
        for (int record = 0; record < numbers.Length; record++)
        {
            numbers[record] = numberOfName[groups[record] ?? ""];
        }

        return (names, numbers);
    }
}
