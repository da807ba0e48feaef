using System.Runtime.InteropServices;

namespace Linkage.Bloom.Blocking;

/// <summary>The blocks of one pass among the kept records.</summary>
internal sealed class PassBlocks
{
    private readonly ulong[] _keys;
    private readonly bool[] _keyed;
    private readonly Dictionary<ulong, int> _sizes = [];

    /// <summary>Groups records by key.</summary>
    /// <param name="sample">The kept records.</param>
    /// <param name="parts">Indices of the key's parts in the sample.</param>
    public PassBlocks(PassAdvisorSample sample, ReadOnlySpan<int> parts)
    {
        _keys = new ulong[sample.Count];
        _keyed = new bool[sample.Count];
        for (int record = 0; record < _keys.Length; record++)
        {
            _keyed[record] = sample.TryGetKey(record, parts, out _keys[record]);
            if (_keyed[record])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_sizes, _keys[record], out _)++;
            }
        }

        Measure = PassAdvisorMeasure.OfSizes(_sizes.Values, sample.Count);
    }

    /// <summary>What the blocks would look like at another number of records.</summary>
    public PassAdvisorMeasure Measure { get; }

    /// <summary>The block of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="key">Its key; equal for records of one block.</param>
    /// <returns>Records in the block; 0 when the record has no key.</returns>
    public int SizeOf(int record, out ulong key)
    {
        key = _keys[record];
        return _keyed[record] ? _sizes[key] : 0;
    }
}
