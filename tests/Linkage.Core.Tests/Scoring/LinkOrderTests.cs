using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Scoring;

public sealed class LinkOrderTests
{
    [Fact]
    public void Heaviest_AnyPairs_FallsByWeightThenRisesByRecords() =>
        Prop.ForAll(
            Gen.Choose(0, 9).SelectMany(left => Gen.Choose(10, 19).SelectMany(
                    right => Gen.Choose(0, 2).Select(level => (Left: left, Right: right, Level: level))))
                .ArrayOf().ToArbitrary(),
            pairs =>
            {
                CandidatePairs candidates = Met.Pairs([.. pairs.DistinctBy(pair => (pair.Left, pair.Right))]);
                var scores = new PatternScores(candidates.Patterns, TestModels.Ladder);

                int[] order = LinkOrder.Heaviest(candidates, scores, i => candidates.Left[i] != 3);

                int[] expected =
                [
                    .. Enumerable.Range(0, candidates.Count).Where(i => candidates.Left[i] != 3)
                        .OrderByDescending(i => scores.Weights[candidates.Pattern[i]])
                        .ThenBy(i => candidates.Left[i]).ThenBy(i => candidates.Right[i]),
                ];
                return order.SequenceEqual(expected);
            }).QuickCheckThrowOnFailure();
}
