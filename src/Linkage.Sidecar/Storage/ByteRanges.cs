namespace Linkage.Sidecar.Storage;

/// <summary>A set of bytes of a file: ascending ranges that neither overlap nor touch. Immutable.</summary>
internal sealed class ByteRanges
{
    private readonly ByteRange[] _ranges;

    private ByteRanges(ByteRange[] ranges)
    {
        _ranges = ranges;
    }

    /// <summary>No byte.</summary>
    public static ByteRanges Empty { get; } = new([]);

    /// <summary>The ranges, ascending.</summary>
    public IReadOnlyList<ByteRange> Ranges => _ranges;

    /// <summary>Just behind the last byte of the set; 0 for none.</summary>
    public long End => _ranges is [.., ByteRange last] ? last.End : 0;

    /// <summary>How many bytes the set holds.</summary>
    public long Count => _ranges.Sum(range => range.End - range.Start);

    /// <summary>The set with the bytes of ranges in ascending order.</summary>
    public static ByteRanges OfAscending(IEnumerable<ByteRange> ascending)
    {
        List<ByteRange> ranges = [];
        foreach (ByteRange next in ascending)
        {
            if (ranges.Count > 0 && next.Start <= ranges[^1].End)
            {
                ranges[^1] = ranges[^1] with { End = Math.Max(ranges[^1].End, next.End) };
            }
            else
            {
                ranges.Add(next);
            }
        }

        return new ByteRanges([.. ranges]);
    }

    /// <summary>The set with the bytes of a range; an empty range adds nothing.</summary>
    public ByteRanges Add(ByteRange added)
    {
        if (added.Start >= added.End)
        {
            return this;
        }

        // What touches is merged.
        int first = FirstWhere(range => range.End >= added.Start);
        int behind = FirstWhere(range => range.Start > added.End);
        ByteRange merged = first == behind ? added : new ByteRange(
            Math.Min(added.Start, _ranges[first].Start), Math.Max(added.End, _ranges[behind - 1].End));
        return new ByteRanges([.. _ranges.AsSpan(0, first), merged, .. _ranges.AsSpan(behind)]);
    }

    /// <summary>Whether every byte of a range is in the set.</summary>
    public bool Covers(ByteRange asked)
    {
        int candidate = FirstWhere(range => range.End >= asked.End);
        return asked.Start >= asked.End || (candidate < _ranges.Length && _ranges[candidate].Start <= asked.Start);
    }

    // Of a condition that holds from some range on: that range's place. A hostile order of chunks makes many ranges.
    private int FirstWhere(Predicate<ByteRange> holds)
    {
        int least = 0;
        int most = _ranges.Length;
        while (least < most)
        {
            int middle = (least + most) / 2;
            (least, most) = holds(_ranges[middle]) ? (least, middle) : (middle + 1, most);
        }

        return least;
    }
}
