using FsCheck;
using FsCheck.Fluent;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class ByteRangesTests
{
    private const int Space = 24;

    private static Arbitrary<IList<(int, int)>> Additions => Gen.Choose(0, Space).Two()
        .Select(pair => (pair.Item1, pair.Item2))
        .ListOf()
        .Select(list => (IList<(int, int)>)[.. list])
        .ToArbitrary();

    [Fact]
    public void Add_AnyRanges_HoldsTheirBytesInDisjointAscendingRanges() => Prop.ForAll(Additions, added =>
    {
        ByteRanges ranges = Build(added);
        bool[] bytes = BytesOf(added);
        bool held = Enumerable.Range(0, Space).All(at => bytes[at] == ranges.Covers(new ByteRange(at, at + 1)));
        bool apart = ranges.Ranges.Zip(ranges.Ranges.Skip(1)).All(pair => pair.First.End < pair.Second.Start);
        return held && apart && ranges.Count == bytes.Count(held => held)
            && ranges.End == Array.LastIndexOf(bytes, true) + 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Covers_AnyRange_IsTrueIfEveryByteIsHeld() => Prop.ForAll(Additions, Additions, (added, asked) =>
    {
        ByteRanges ranges = Build(added);
        bool[] bytes = BytesOf(added);
        return asked.All(range => ranges.Covers(new ByteRange(range.Item1, range.Item2))
            == (range.Item1 >= range.Item2 || bytes[range.Item1..range.Item2].All(held => held)));
    }).QuickCheckThrowOnFailure();

    private static ByteRanges Build(IList<(int Start, int End)> added) => added.Aggregate(
        ByteRanges.Empty, (ranges, range) => ranges.Add(new ByteRange(range.Start, range.End)));

    private static bool[] BytesOf(IList<(int Start, int End)> added) =>
        [.. Enumerable.Range(0, Space).Select(at => added.Any(range => range.Start <= at && at < range.End))];
}
