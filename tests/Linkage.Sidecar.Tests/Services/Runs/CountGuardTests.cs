using FsCheck;
using FsCheck.Fluent;
using Linkage.Sidecar.Services.Unit.Runs.Counts;
using Linkage.Sidecar.Tests.Services.Runs.Support;

namespace Linkage.Sidecar.Tests.Services.Runs;

public sealed class CountGuardTests
{
    private const int MostInACell = 6;

    private static Arbitrary<CountTable> Tables => Gen.Choose(2, 3)
        .SelectMany(parties => Gen.Choose(0, MostInACell).ArrayOf((1 << parties) - 1)
            .Select(cells => TableOf(parties, cells)))
        .ToArbitrary();

    [Fact]
    public void Guard_AnyTable_LeavesEverySmallNumberOpenToAsManyValues()
    {
        const int Smallest = 3;
        Prop.ForAll(Tables, table =>
        {
            GuardedTable told = CountGuard.Guard(table, Smallest);
            IReadOnlyDictionary<ulong, HashSet<long>> possible = CountAttacker.Attack(table, told);
            return told.Cells.All(cell => table.Cells[cell.Parties] >= Smallest
                || HasFewRecords(table, cell.Parties, Smallest)
                || possible[cell.Parties].Count >= (AnyHasFewRecords(table, Smallest) ? 2 : Smallest));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Guard_AnyTable_TellsNoSmallNumberAndNoFalseOne()
    {
        const int Smallest = 3;
        Prop.ForAll(Tables, table =>
        {
            GuardedTable told = CountGuard.Guard(table, Smallest);
            return told.Cells.All(cell => IsSound(cell.Entities, table.Cells[cell.Parties], Smallest))
                && told.Records.Zip(table.Records).All(pair => IsSound(pair.First, pair.Second, Smallest))
                && told.Linked.Zip(table.Linked).All(pair => IsSound(pair.First, pair.Second, Smallest));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Guard_LinkedRecordsTold_DoNotTellACellThatIsNot()
    {
        const int Smallest = 3;
        Prop.ForAll(Tables, table =>
        {
            GuardedTable told = CountGuard.Guard(table, Smallest);
            return told.Linked.Index().All(party => party.Item is null
                || told.Cells.Single(cell => cell.Parties == 1UL << party.Index).Entities is not null);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Guard_LargeNumbersOnly_TellsThemAll()
    {
        CountTable table = TableOf(2, [100, 200, 50]);

        GuardedTable told = CountGuard.Guard(table, 10);

        Assert.Equal([100L, 200L, 50L], told.Cells.Select(cell => cell.Entities));
        Assert.Equal([150L, 250L], told.Records);
        Assert.Equal([50L, 50L], told.Linked);
    }

    [Fact]
    public void Guard_OneSmallOverlap_LeavesOutWhatItFollowsFrom()
    {
        CountTable table = TableOf(2, [100, 200, 5]);

        GuardedTable told = CountGuard.Guard(table, 10);

        Assert.All(told.Cells, cell => Assert.Null(cell.Entities));
        Assert.Equal([105L, 205L], told.Records);
        Assert.Equal([null, null], told.Linked);
    }

    [Fact]
    public void Guard_AlmostAllLinked_HidesTheOverlapThatWouldTellTheRest()
    {
        GuardedTable told = CountGuard.Guard(TableOf(2, [3, 200, 100]), 10);

        Assert.All(told.Cells, cell => Assert.Null(cell.Entities));
    }

    [Fact]
    public void Guard_FewRecordsOfAPartyTwice_LeavesOutWhatTheyFollowFrom()
    {
        CountTable table = TableOf(2, [100, 200, 50]) with { Records = [153, 250], MayRepeat = [true, false] };

        GuardedTable told = CountGuard.Guard(table, 10);

        Assert.Null(told.Cells.Single(cell => cell.Parties == 1).Entities);
        Assert.Equal(50, told.Cells.Single(cell => cell.Parties == 3).Entities);
        Assert.Equal([null, 50L], told.Linked);
    }

    [Fact]
    public void Guard_ManyParties_ListsWhatIsToldOnly()
    {
        long[] records = [.. Enumerable.Repeat(1000L, 12)];
        Dictionary<ulong, long> cells = Enumerable.Range(0, 12).ToDictionary(party => 1UL << party, _ => 960L);
        cells[0b11] = 40;
        cells[0b101] = 3;
        CountTable table = new(records, records, new bool[12], cells);

        GuardedTable told = CountGuard.Guard(table, 10);

        Assert.Equal([new GuardedCell(0b11, 40)], told.Cells);
    }

    private static bool IsSound(long? told, long exact, int smallest) =>
        told is null || (told == exact && exact >= smallest);

    // Whoever knew how few records a party has, which is not told, would know as much of all it is linked to.
    private static bool AnyHasFewRecords(CountTable table, int smallest) =>
        table.Records.Any(records => records < smallest);

    // A party with few records knows by itself that none of its numbers is larger.
    private static bool HasFewRecords(CountTable table, ulong parties, int smallest) =>
        table.Records.Where((records, party) => (parties & (1UL << party)) != 0 && records < smallest).Any();

    private static CountTable TableOf(int parties, int[] cells)
    {
        var byParties = cells.Index().ToDictionary(cell => (ulong)cell.Index + 1, cell => (long)cell.Item);
        long[] records = SumOf(cell => true);
        long[] linked = SumOf(cell => ulong.PopCount(cell) > 1);
        return new CountTable(records, linked, new bool[parties], byParties);

        long[] SumOf(Func<ulong, bool> counts) =>
        [
            .. Enumerable.Range(0, parties).Select(party => byParties
                .Where(cell => (cell.Key & (1UL << party)) != 0 && counts(cell.Key))
                .Sum(cell => cell.Value)),
        ];
    }
}
