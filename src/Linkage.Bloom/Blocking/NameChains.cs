using System.Runtime.InteropServices;

namespace Linkage.Bloom.Blocking;

/// <summary>Joins the records of a field's most frequent values that share blocks, pass after pass.</summary>
internal sealed class NameChains
{
    private const int ValuesWanted = 20;

    private readonly string _field;
    private readonly int[] _records;
    private readonly int[] _values;
    private readonly int[] _parents;

    /// <summary>Finds the most frequent values and their records.</summary>
    /// <param name="sample">The kept records.</param>
    /// <param name="part">Index of the field's whole value in the sample.</param>
    /// <param name="field">Name of the field.</param>
    public NameChains(PassAdvisorSample sample, int part, string field)
    {
        _field = field;
        Dictionary<ulong, int> counts = [];
        List<ulong> inOrder = [];
        for (int record = 0; record < sample.Count; record++)
        {
            if (sample.TryGetKey(record, [part], out ulong value))
            {
                ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out bool isKnown);
                count++;
                if (!isKnown)
                {
                    inOrder.Add(value);
                }
            }
        }

        // A stable sort: of values as frequent as each other, the one met first.
        ulong[] frequent =
            [.. inOrder.Where(value => counts[value] > 1).OrderByDescending(value => counts[value]).Take(ValuesWanted)];
        List<int> records = [];
        List<int> values = [];
        for (int record = 0; record < sample.Count; record++)
        {
            if (sample.TryGetKey(record, [part], out ulong value) && Array.IndexOf(frequent, value) is >= 0 and int at)
            {
                records.Add(record);
                values.Add(at);
            }
        }

        (_records, _values, _parents) = ([.. records], [.. values], [.. Enumerable.Range(0, records.Count)]);
    }

    /// <summary>Joins records of one value that share a block within the limit.</summary>
    public void Join(PassBlocks blocks, int limit)
    {
        Dictionary<(ulong Block, int Value), int> first = [];
        for (int i = 0; i < _records.Length; i++)
        {
            int size = blocks.SizeOf(_records[i], out ulong block);
            if (size > 0 && size <= limit && !first.TryAdd((block, _values[i]), i))
            {
                _parents[RootOf(i)] = RootOf(first[(block, _values[i])]);
            }
        }
    }

    /// <summary>The share of records that were joined to the largest class of their value.</summary>
    public ChainedClassShare Measure()
    {
        int values = _values.Length == 0 ? 0 : _values.Max() + 1;
        int[] classes = new int[_records.Length];
        int[] totals = new int[values];
        int[] largest = new int[values];
        for (int i = 0; i < _records.Length; i++)
        {
            int size = ++classes[RootOf(i)];
            totals[_values[i]]++;
            largest[_values[i]] = Math.Max(largest[_values[i]], size < 2 ? 0 : size);
        }

        double share = values == 0 ? 0 : (double)largest.Sum() / totals.Sum();
        double worst = values == 0 ? 0 : largest.Zip(totals, (part, all) => (double)part / all).Max();
        return new ChainedClassShare(_field, values, share, worst);
    }

    private int RootOf(int i)
    {
        while (_parents[i] != i)
        {
            _parents[i] = _parents[_parents[i]];
            i = _parents[i];
        }

        return i;
    }
}
