using Linkage.Synthetic.Randomness;

namespace Linkage.Synthetic.Tables;

/// <summary>Items drawn with probability proportional to a whole-number weight. Immutable; exact.</summary>
internal sealed class WeightedTable<T>
{
    private readonly T[] _items;
    private readonly ulong[] _cumulative;

    internal WeightedTable(IEnumerable<(T Item, ulong Weight)> entries)
    {
        (T Item, ulong Weight)[] kept = [.. entries.Where(entry => entry.Weight > 0)];
        _items = new T[kept.Length];
        _cumulative = new ulong[kept.Length];
        ulong total = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            total = checked(total + kept[i].Weight);
            _items[i] = kept[i].Item;
            _cumulative[i] = total;
        }

        ArgumentOutOfRangeException.ThrowIfZero(total, nameof(entries));
    }

    internal T Draw(Xoshiro256 random)
    {
        ulong point = random.Below(_cumulative[^1]);
        int low = 0;
        int high = _cumulative.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_cumulative[middle] > point)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return _items[low];
    }
}
