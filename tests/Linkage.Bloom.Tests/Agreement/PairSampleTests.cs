using Linkage.Bloom.Agreement;

namespace Linkage.Bloom.Tests.Agreement;

public class PairSampleTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(101)]
    public void Starts_AllStrides_MeetEveryPairOnce(int count)
    {
        HashSet<(int, int)> pairs = [];
        for (int stride = 1; stride <= count / 2; stride++)
        {
            for (int left = 0; left < PairSample.Starts(count, stride); left++)
            {
                int right = (left + stride) % count;
                Assert.True(pairs.Add((Math.Min(left, right), Math.Max(left, right))));
            }
        }

        Assert.Equal(count * (count - 1) / 2, pairs.Count);
    }

    [Fact]
    public void Shuffle_All_IsAPermutationAndTheSameAgain()
    {
        int[] one = [.. Enumerable.Range(0, 1000)];
        int[] other = [.. one];
        PairSample.Shuffle(one, one.Length);
        PairSample.Shuffle(other, other.Length);

        Assert.Equal(one, other);
        Assert.Equal(Enumerable.Range(0, 1000), one.Order());
    }

    [Fact]
    public void Shuffle_NeighborsInTheFile_SeldomMeet()
    {
        int[] records = [.. Enumerable.Range(0, 10_000)];
        PairSample.Shuffle(records, records.Length);

        // Two neighbors are expected by chance; more than 15 are not in 10^8 orders.
        Assert.InRange(records.Zip(records.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) == 1), 0, 15);
    }

    [Fact]
    public void Shuffle_Sample_TakesFromTheWholeFileEvenly()
    {
        int[] records = [.. Enumerable.Range(0, 100_000)];
        PairSample.Shuffle(records, 10_000);
        int[] tenths = new int[10];
        foreach (int record in records.AsSpan(0, 10_000))
        {
            tenths[record / 10_000]++;
        }

        // 1,000 each, with a deviation of 28.
        Assert.All(tenths, count => Assert.InRange(count, 860, 1140));
    }
}
