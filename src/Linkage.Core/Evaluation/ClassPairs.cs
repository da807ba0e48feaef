using System.Runtime.InteropServices;

namespace Linkage.Core.Evaluation;

/// <summary>Counts the pairs of records that share a class (truth, entity or both) without forming them.</summary>
/// <remarks>
/// With n records in a class, n_s of them from source s, the pairs across sources are (n² − Σ n_s²) / 2; with one
/// source they are (n² − n) / 2. Pairs that touch a group are the class's pairs less those among the other records.
/// Counts stay below 2^62, since all n together are below 2^31.
/// </remarks>
internal sealed class ClassPairs
{
    /// <summary>A record in no class; it makes no pair.</summary>
    internal const long NoClass = -1;

    /// <summary>Stands for the pairs of all groups where a group is told.</summary>
    internal const int AllGroups = -1;

    private readonly record struct Member(long Class, int Group, int Source) : IComparable<Member>
    {
        public int CompareTo(Member other)
        {
            int order = Class.CompareTo(other.Class);
            order = order != 0 ? order : Group.CompareTo(other.Group);
            return order != 0 ? order : Source.CompareTo(other.Source);
        }
    }

    private readonly bool _isCrossSource;
    private readonly long[] _perSource;
    private readonly long[] _byGroup;
    private readonly Action<long, int, long>? _each;

    private ClassPairs(EvaluationRecords records, Action<long, int, long>? each)
    {
        _each = each;
        _isCrossSource = records.IsCrossSource;
        _perSource = new long[records.SourceCount];
        _byGroup = new long[records.GroupNames.Length];
    }

    /// <summary>All pairs within classes.</summary>
    internal long Total { get; private set; }

    /// <summary>Per group the pairs that touch it.</summary>
    internal ReadOnlySpan<long> ByGroup => _byGroup;

    /// <summary>Counts the pairs.</summary>
    /// <param name="records">The records.</param>
    /// <param name="classes">Per record its class, or <see cref="NoClass"/>.</param>
    /// <param name="each">
    /// Told every class that has pairs: the class, a group that they touch or <see cref="AllGroups"/>, their number.
    /// </param>
    internal static ClassPairs Count(
        EvaluationRecords records, ReadOnlySpan<long> classes, Action<long, int, long>? each = null)
    {
        List<Member> members = new(classes.Length);
        for (int record = 0; record < classes.Length; record++)
        {
            if (classes[record] != NoClass)
            {
                members.Add(new Member(classes[record], records.Group(record), records.Sources[record]));
            }
        }

        members.Sort();
        ClassPairs pairs = new(records, each);
        ReadOnlySpan<Member> rest = CollectionsMarshal.AsSpan(members);
        while (!rest.IsEmpty)
        {
            int length = 1;
            while (length < rest.Length && rest[length].Class == rest[0].Class)
            {
                length++;
            }

            pairs.AddClass(rest[..length]);
            rest = rest[length..];
        }

        return pairs;
    }

    private void AddClass(ReadOnlySpan<Member> members)
    {
        if (members.Length == 1)
        {
            return;
        }

        foreach (Member member in members)
        {
            _perSource[member.Source]++;
        }

        // Each member adds its source's count, so the sum is that of the squares.
        long same = 0;
        foreach (Member member in members)
        {
            same += _isCrossSource ? _perSource[member.Source] : 1;
        }

        long total = Pairs(members.Length, same);
        Total += total;
        Tell(members[0].Class, AllGroups, total);
        if (_byGroup.Length > 0)
        {
            AddGroups(members, same, total);
        }

        foreach (Member member in members)
        {
            _perSource[member.Source] = 0;
        }
    }

    private void AddGroups(ReadOnlySpan<Member> members, long same, long total)
    {
        int start = 0;
        while (start < members.Length)
        {
            int group = members[start].Group;
            int end = start;
            long restSame = same;
            while (end < members.Length && members[end].Group == group)
            {
                int source = members[end].Source;
                int first = end;
                while (end < members.Length && members[end].Group == group && members[end].Source == source)
                {
                    end++;
                }

                // (n_s − g)² − n_s² = g² − 2 g n_s, for the g records of this group and source.
                long count = end - first;
                restSame += _isCrossSource ? (count * count) - (2 * count * _perSource[source]) : -count;
            }

            long touching = total - Pairs(members.Length - (end - start), restSame);
            _byGroup[group] += touching;
            Tell(members[0].Class, group, touching);
            start = end;
        }
    }

    private void Tell(long number, int group, long pairs)
    {
        if (pairs > 0)
        {
            _each?.Invoke(number, group, pairs);
        }
    }

    private static long Pairs(long records, long same) => ((records * records) - same) / 2;
}
