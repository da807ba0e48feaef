namespace Linkage.Sidecar.Services.Unit.Runs.Counts;

/// <summary>Decides which numbers of a run may be told, so that no small one can be computed from them.</summary>
/// <remarks>
/// <para>
/// Whoever reads the numbers is taken to know how many records each party has, and all numbers that anybody is told.
/// The cells of a party then sum to a number he knows, so a cell that is left out alone follows from the others. It is
/// complementary suppression as by L. H. Cox, "Suppression methodology and statistical disclosure control", Journal of
/// the American Statistical Association 75 (1980), 377–385, for the shape these tables have.
/// </para>
/// <para>
/// Left out are: small cells, zeros among them; with a combination of parties the cell of each of its parties alone;
/// and further cells of a party, smallest first, until those left out sum to the smallest count at least. A combination
/// that is left out can then be anything from 0 to the least of these sums over its parties, whatever the other
/// combinations are, because the cells of single parties make up for it; and a small cell of a single party is left out
/// with a combination that can take as much from it.
/// </para>
/// <para>
/// A party with fewer records than the smallest count bounds by them what it is linked to; their number is not told.
/// </para>
/// </remarks>
internal sealed class CountGuard
{
    /// <summary>Up to so many parties every combination is listed; beyond, those that are told.</summary>
    public const int MostListedParties = 8;

    private readonly CountTable _table;
    private readonly int _smallest;
    private readonly SortedDictionary<ulong, long> _cells;
    private readonly SortedSet<ulong> _hidden = [];
    private readonly bool _isComplete;

    private CountGuard(CountTable table, int smallest)
    {
        _table = table;
        _smallest = smallest;
        _isComplete = table.Records.Count <= MostListedParties;
        _cells = new SortedDictionary<ulong, long>(table.Cells.ToDictionary());
        for (int party = 0; party < table.Records.Count; party++)
        {
            _cells.TryAdd(1UL << party, 0);
        }

        for (ulong combination = 1; _isComplete && combination < 1UL << table.Records.Count; combination++)
        {
            _cells.TryAdd(combination, 0);
        }
    }

    /// <summary>The numbers that may be told.</summary>
    /// <param name="table">The exact ones.</param>
    /// <param name="smallest">Numbers below this one are not told; 1 or more.</param>
    public static GuardedTable Guard(CountTable table, int smallest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(smallest, 1);
        CountGuard guard = new(table, smallest);
        guard.HideSmall();
        while (guard.HideMore())
        {
            // Until nothing more has to go; every round leaves out one cell more, so it ends.
        }

        return guard.Create();
    }

    private void HideSmall()
    {
        _hidden.UnionWith(_cells.Where(cell => cell.Value < _smallest).Select(cell => cell.Key));
        for (int party = 0; party < _table.Records.Count; party++)
        {
            ulong alone = 1UL << party;

            // Combinations that are not listed are 0, and so left out: no party's cell alone may be told.
            if (!_isComplete || TellsRepeats(party))
            {
                _hidden.Add(alone);
            }
        }
    }

    // Records less entities is the number of records a party has twice.
    private bool TellsRepeats(int party)
    {
        if (!_table.MayRepeat[party])
        {
            return false;
        }

        long entities = Of(party).Sum(cell => cell.Value);
        long linkedEntities = Of(party).Where(cell => IsCombination(cell.Key)).Sum(cell => cell.Value);
        return _table.Records[party] - entities < _smallest || _table.Linked[party] - linkedEntities < _smallest;
    }

    private bool HideMore()
    {
        int before = _hidden.Count;
        ulong together = _hidden.Where(IsCombination).Aggregate(0UL, (parties, cell) => parties | cell);
        for (int party = 0; party < _table.Records.Count; party++)
        {
            ulong alone = 1UL << party;
            if ((together & alone) != 0)
            {
                _hidden.Add(alone);
            }

            if (_hidden.Overlaps(Of(party).Select(cell => cell.Key)) && HiddenSum(party) < _smallest)
            {
                HideSmallestOf(party, combinationsOnly: false);
            }
            else if (_cells[alone] < _smallest && !HasCompany(party))
            {
                HideSmallestOf(party, combinationsOnly: true);
            }
        }

        return _hidden.Count > before;
    }

    // A combination that is left out and can be as large as any small number: what it has, the party alone has not.
    private bool HasCompany(int party) => Of(party)
        .Where(cell => IsCombination(cell.Key) && _hidden.Contains(cell.Key))
        .Any(cell => Enumerable.Range(0, _table.Records.Count)
            .Where(member => (cell.Key & (1UL << member)) != 0)
            .All(member => HiddenSum(member) >= _smallest));

    private long HiddenSum(int party) =>
        Of(party).Where(cell => _hidden.Contains(cell.Key)).Sum(cell => cell.Value);

    private void HideSmallestOf(int party, bool combinationsOnly)
    {
        KeyValuePair<ulong, long>[] told =
        [
            .. Of(party).Where(cell =>
                !_hidden.Contains(cell.Key) && (!combinationsOnly || IsCombination(cell.Key))),
        ];
        if (told.Length > 0)
        {
            _hidden.Add(told.MinBy(cell => cell.Value).Key);
        }
    }

    private GuardedTable Create() => new(
        _smallest,
        [.. _table.Records.Select(records => records >= _smallest ? records : (long?)null)],
        [
            .. _table.Linked.Select((linked, party) =>
                linked >= _smallest && !_hidden.Contains(1UL << party) ? linked : (long?)null),
        ],
        [
            .. _cells
                .Select(cell => new GuardedCell(cell.Key, _hidden.Contains(cell.Key) ? null : cell.Value))
                .Where(cell => _isComplete || cell.Entities is not null),
        ]);

    private IEnumerable<KeyValuePair<ulong, long>> Of(int party) =>
        _cells.Where(cell => (cell.Key & (1UL << party)) != 0);

    private static bool IsCombination(ulong parties) => ulong.PopCount(parties) > 1;
}
