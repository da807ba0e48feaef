using FsCheck;
using FsCheck.Fluent;
using Linkage.Synthetic.Randomness;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class Xoshiro256Tests
{
    [Fact]
    public void Next_StateOneToFour_GivesPublishedNumbers()
    {
        Xoshiro256 random = new(1, 2, 3, 4);

        ulong[] numbers = [.. Enumerable.Range(0, 10).Select(_ => random.Next())];

        Assert.Equal(
            [
                11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600,
                16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
            ],
            numbers);
    }

    [Fact]
    public void Reseed_Seed_TakesStateFromSplitMix()
    {
        SplitMix64 seeder = new(42);
        Xoshiro256 expected = new(seeder.Next(), seeder.Next(), seeder.Next(), seeder.Next());
        Xoshiro256 actual = new(7);

        actual.Reseed(42);

        Assert.Equal(expected.Next(), actual.Next());
    }

    [Fact]
    public void Below_AnyBound_StaysBelow() =>
        Prop.ForAll<ulong, ulong>((seed, bound) => new Xoshiro256(seed).Below(Math.Max(bound, 1)) < Math.Max(bound, 1))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Below_BoundThatDoesNotDivideTheRange_IsUnbiased()
    {
        // Without rejection, multiples of three would come up with probability 1/2 instead of 1/3.
        const ulong Bound = (1UL << 63) + (1UL << 62);
        const int Draws = 30_000;
        Xoshiro256 random = new(3);

        int low = Enumerable.Range(0, Draws).Count(_ => random.Below(Bound) % 3 == 0);

        Assert.InRange(low, (Draws / 3) - 500, (Draws / 3) + 500);
    }

    [Fact]
    public void Below_SmallBound_GivesEveryNumberEquallyOften()
    {
        const int Draws = 70_000;
        int[] counts = new int[7];
        Xoshiro256 random = new(5);
        for (int i = 0; i < Draws; i++)
        {
            counts[random.Below(counts.Length)]++;
        }

        // Chi-squared with six degrees of freedom exceeds 27.9 once in ten thousand.
        double chiSquared = counts.Sum(count => Math.Pow(count - (Draws / 7.0), 2) / (Draws / 7.0));
        Assert.InRange(chiSquared, 0, 27.9);
    }

    [Fact]
    public void Below_Zero_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Xoshiro256(1).Below(0));

    [Fact]
    public void Unit_ManyDraws_FillsTheIntervalEvenly()
    {
        Xoshiro256 random = new(11);

        double[] draws = [.. Enumerable.Range(0, 40_000).Select(_ => random.Unit())];

        Assert.All(draws, draw => Assert.True(draw is >= 0 and < 1));
        Assert.InRange(draws.Average(), 0.49, 0.51);
    }

    [Fact]
    public void Chance_ZeroAndOne_AreCertain() =>
        Prop.ForAll<ulong>(seed => !new Xoshiro256(seed).Chance(0) && new Xoshiro256(seed).Chance(1))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Shuffle_AnyItems_IsPermutation() =>
        Prop.ForAll<ulong, int[]>((seed, items) =>
        {
            int[] shuffled = [.. items];
            new Xoshiro256(seed).Shuffle<int>(shuffled);
            return shuffled.Order().SequenceEqual(items.Order());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shuffle_ThreeItems_GivesEveryOrderEquallyOften()
    {
        Dictionary<string, int> orders = [];
        Xoshiro256 random = new(13);
        for (int i = 0; i < 6_000; i++)
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle<char>(items);
            string order = new(items);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(6, orders.Count);
        Assert.All(orders.Values, count => Assert.InRange(count, 850, 1150));
    }
}
