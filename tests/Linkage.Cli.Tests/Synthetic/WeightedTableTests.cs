using Linkage.Synthetic.Randomness;
using Linkage.Synthetic.Tables;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class WeightedTableTests
{
    [Fact]
    public void Draw_Weights_SetTheShares()
    {
        WeightedTable<char> table = new([('a', 1), ('b', 0), ('c', 3), ('d', 6)]);
        Xoshiro256 random = new(17);
        int[] counts = new int[4];
        for (int i = 0; i < 10_000; i++)
        {
            counts[table.Draw(random) - 'a']++;
        }

        Assert.InRange(counts[0], 850, 1150);
        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[2], 2800, 3200);
        Assert.InRange(counts[3], 5800, 6200);
    }

    [Fact]
    public void Constructor_NoWeight_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedTable<char>([('a', 0)]));

    [Fact]
    public void Rows_MissingTable_Throws() =>
        Assert.Throws<FileNotFoundException>(() => DataFile.Rows("none").Count());
}
