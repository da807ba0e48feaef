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

    /// <summary>The set with the bytes of a range; an empty range adds nothing.</summary>
    public ByteRanges Add(ByteRange added)
    {
        if (added.Start >= added.End)
        {
            return this;
        }

        ILookup<int, ByteRange> parts = _ranges.ToLookup(range => Side(range, added));
        long start = Math.Min(added.Start, parts[0].Select(range => range.Start).FirstOrDefault(added.Start));
        long end = Math.Max(added.End, parts[0].Select(range => range.End).LastOrDefault(added.End));
        return new ByteRanges([.. parts[-1], new ByteRange(start, end), .. parts[1]]);
    }

    /// <summary>Whether every byte of a range is in the set.</summary>
    public bool Covers(ByteRange asked) =>
        asked.Start >= asked.End
        || Array.Exists(_ranges, range => range.Start <= asked.Start && asked.End <= range.End);

    // Below, above, or touching: what touches is merged.
    private static int Side(ByteRange range, ByteRange added) =>
        range.End < added.Start ? -1 : range.Start > added.End ? 1 : 0;
}
