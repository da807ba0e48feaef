using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Filters;
using Linkage.Bloom.Hashing;
using Linkage.Bloom.Similarity;
using Linkage.Bloom.Tests.Support;
using Linkage.Bloom.Tokens;

namespace Linkage.Bloom.Tests.Filters;

public class BaseFilterTests
{
    private static readonly Arbitrary<int[]> Tokens =
        Gen.Choose(0, 5000).NonEmptyListOf().Select(list => list.Distinct().ToArray()).ToArbitrary();

    [Fact]
    public void Build_AnyTokensAndWeight_SetsExactlyThatManyBits()
    {
        using TokenTable table = new(Noise.Bytes(1, 32), 1 << 14);
        Prop.ForAll(Tokens, Gen.Choose(1, 1024).ToArbitrary(), (tokens, weight) =>
            BitDistance.PopCount(Build(table, weight, tokens)) == weight).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Build_OneTokenAndEveryWeightOfASchema_SetsExactlyThatManyBits()
    {
        using TokenTable table = new(Noise.Bytes(2, 32), 16);
        for (int weight = 64; weight <= 640; weight++)
        {
            Assert.Equal(weight, BitDistance.PopCount(Build(table, weight, [1])));
        }
    }

    [Fact]
    public void Build_TokensInAnotherOrder_IsTheSame()
    {
        using TokenTable table = new(Noise.Bytes(3, 32), 1 << 14);
        Prop.ForAll(Tokens, tokens =>
        {
            int[] sorted = [.. tokens.Order()];
            int[] reversed = [.. sorted.Reverse()];
            byte[] filter = Build(table, 256, tokens);
            return filter.SequenceEqual(Build(table, 256, sorted)) && filter.SequenceEqual(Build(table, 256, reversed));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Build_WhateverWasBuiltBefore_IsTheSame()
    {
        using TokenTable fresh = new(Noise.Bytes(4, 32), 1 << 14);
        using TokenTable crowded = new(Noise.Bytes(4, 32), 7);
        Prop.ForAll(Tokens, Tokens, (before, tokens) =>
        {
            Build(crowded, 500, before);
            return Build(crowded, 256, tokens).SequenceEqual(Build(fresh, 256, tokens));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Build_LargerWeight_ContainsTheSmaller()
    {
        using TokenTable table = new(Noise.Bytes(5, 32), 1 << 14);
        Prop.ForAll(Tokens, Gen.Choose(1, 1024).Two().ToArbitrary(), (tokens, weights) =>
        {
            byte[] small = Build(table, Math.Min(weights.Item1, weights.Item2), tokens);
            byte[] large = Build(table, Math.Max(weights.Item1, weights.Item2), tokens);
            return small.Zip(large, (s, l) => (s & ~l) == 0).All(contained => contained);
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Build(TokenTable table, int weight, int[] tokens)
    {
        TokenBuffer buffer = new();
        foreach (int token in tokens)
        {
            buffer.Add($"T{token}");
        }

        byte[] filter = new byte[BaseFilter.ByteLength];
        BaseFilter.Build(buffer, table, weight, filter);
        return filter;
    }
}
