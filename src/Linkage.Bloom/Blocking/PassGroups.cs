namespace Linkage.Bloom.Blocking;

/// <summary>The group of every kept record.</summary>
internal sealed class PassGroups
{
    private const int None = -1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<int> _groupOf = [];

    /// <summary>Different groups so far.</summary>
    public int Count => _names.Count;

    /// <summary>Puts a record in a group.</summary>
    /// <param name="record">Its place: one that is taken, or the next.</param>
    /// <param name="name">The group; null for none.</param>
    public void Set(int record, string? name)
    {
        int number = None;
        if (name is not null && !_numbers.TryGetValue(name, out number))
        {
            number = _names.Count;
            _numbers.Add(name, number);
            _names.Add(name);
        }

        if (record == _groupOf.Count)
        {
            _groupOf.Add(number);
        }
        else
        {
            _groupOf[record] = number;
        }
    }

    /// <summary>The group of a record; negative for none.</summary>
    public int Of(int record) => _groupOf[record];

    /// <summary>The name of a group.</summary>
    public string NameOf(int group) => _names[group];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _names.Clear();
        _groupOf.Clear();
    }
}
