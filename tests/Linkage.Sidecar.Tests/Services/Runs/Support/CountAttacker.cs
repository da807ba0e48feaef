using Linkage.Sidecar.Services.Unit.Runs.Counts;

namespace Linkage.Sidecar.Tests.Services.Runs.Support;

/// <summary>
/// Somebody who knows the records of every party and all numbers that are told, and tries every table that fits them.
/// </summary>
internal sealed class CountAttacker
{
    private readonly ulong[] _combinations;
    private readonly long[] _left;
    private readonly long[] _values;
    private readonly GuardedTable _told;
    private readonly Dictionary<ulong, HashSet<long>> _possible = [];

    private CountAttacker(CountTable table, GuardedTable told)
    {
        _told = told;
        _combinations =
        [
            .. told.Cells.Where(cell => cell.Entities is null && ulong.PopCount(cell.Parties) > 1)
                .Select(cell => cell.Parties),
        ];
        _values = new long[_combinations.Length];
        _left =
        [
            .. table.Records.Select((records, party) =>
                records - told.Cells
                    .Where(cell => (cell.Parties & (1UL << party)) != 0)
                    .Sum(cell => cell.Entities ?? 0)),
        ];
    }

    /// <summary>For every number that is not told the values it could have.</summary>
    public static IReadOnlyDictionary<ulong, HashSet<long>> Attack(CountTable table, GuardedTable told)
    {
        CountAttacker attacker = new(table, told);
        attacker.Try(0);
        return attacker._possible;
    }

    private void Try(int place)
    {
        if (place == _combinations.Length)
        {
            Note();
            return;
        }

        ulong parties = _combinations[place];
        long most = _left.Where((_, party) => (parties & (1UL << party)) != 0).Min();
        for (long value = 0; value <= most; value++)
        {
            _values[place] = value;
            Take(parties, value);
            Try(place + 1);
            Take(parties, -value);
        }
    }

    private void Take(ulong parties, long value)
    {
        for (int party = 0; party < _left.Length; party++)
        {
            _left[party] -= (parties & (1UL << party)) != 0 ? value : 0;
        }
    }

    // What is left of a party's records is linked to none; where that number was told, nothing may be left.
    private void Note()
    {
        ulong[] alone = [.. Enumerable.Range(0, _left.Length).Select(party => 1UL << party)];
        bool[] hidden = [.. alone.Select(cell => _told.Cells.Single(told => told.Parties == cell).Entities is null)];
        if (_left.Where((left, party) => !hidden[party] && left != 0).Any())
        {
            return;
        }

        foreach ((int place, ulong parties) in _combinations.Index())
        {
            Add(parties, _values[place]);
        }

        foreach ((int party, long left) in _left.Index().Where(left => hidden[left.Index]))
        {
            Add(alone[party], left);
        }
    }

    private void Add(ulong parties, long value)
    {
        if (!_possible.TryGetValue(parties, out HashSet<long>? values))
        {
            _possible[parties] = values = [];
        }

        values.Add(value);
    }
}
