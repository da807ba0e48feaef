using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;

namespace Linkage.Bloom.Tests.Protection;

public class FillerTests
{
    private static readonly FieldSchema Name = FieldSchema.Create("first", FieldKind.Name);

    [Fact]
    public void Fill_BaseFilter_HasTheWeightOfRealOnes()
    {
        foreach (int weight in (int[])[64, 256, 512, 640])
        {
            byte[] cell = new byte[128];
            cell.AsSpan().Fill(0xFF);
            Filler.Fill(Name with { Weight = weight }, scoped: false, new RandomBytes(), cell);

            Assert.Equal(weight, BitDistance.PopCount(cell));
        }
    }

    [Fact]
    public void Fill_ProtectedOutput_HasHalfTheBitsAndIsUnrelatedToTheNext()
    {
        const int Cells = 2000;
        byte[] last = new byte[128];
        double ones = 0;
        double distances = 0;
        for (int i = 0; i < Cells; i++)
        {
            byte[] cell = new byte[128];
            Filler.Fill(Name, scoped: true, new RandomBytes(), cell);
            ones += (double)BitDistance.PopCount(cell) / Cells;
            distances += (double)BitDistance.Hamming(last, cell) / Cells;
            last = cell;
        }

        // Truly random: eight standard deviations, so that chance never fails it.
        double bound = 8 * 16 / Math.Sqrt(Cells);
        Assert.InRange(ones, 512 - bound, 512 + bound);
        Assert.InRange(distances, 512 - bound, 512 + bound);
    }

    [Fact]
    public void Fill_Tags_NeverMeet()
    {
        FieldSchema sex = FieldSchema.Create("sex", FieldKind.Sex);
        HashSet<string> seen = [];
        for (int i = 0; i < 1000; i++)
        {
            byte[] cell = new byte[BlockScope.TagLength];
            Filler.Fill(sex, i % 2 == 0, new RandomBytes(), cell);
            Assert.True(seen.Add(Convert.ToHexString(cell)));
        }
    }
}
