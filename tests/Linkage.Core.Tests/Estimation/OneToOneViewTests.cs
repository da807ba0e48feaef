using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Estimation;
using Linkage.Core.Merging;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Estimation;

/// <summary>Records 0 to 2 are the first party's, 3 to 5 the second's, 6 to 8 the third's.</summary>
public sealed class OneToOneViewTests
{
    private static readonly int[] Parties = [0, 0, 0, 1, 1, 1, 2, 2, 2];
    private static readonly bool[] AllFree = [true, true, true];
    private static readonly double[] Certain = [1];

    [Fact]
    public void ExcessMatches_OnePartnerEach_IsZero()
    {
        var view = new OneToOneView(Met.Pairs((0, 3, 0), (1, 4, 0), (0, 6, 0), (3, 6, 0)), Parties, AllFree);

        Assert.Equal(0, view.ExcessMatches(Certain));
    }

    [Fact]
    public void ExcessMatches_LeftRecordWithThreePartners_CountsTwoOfItsThree()
    {
        var view = new OneToOneView(Met.Pairs((0, 3, 0), (0, 4, 0), (0, 5, 0)), Parties, [false, true, true]);

        Assert.Equal(2.0 / 3, view.ExcessMatches(Certain), 12);
    }

    [Fact]
    public void ExcessMatches_RightRecordWithThreePartners_CountsTwoOfItsThree()
    {
        var view = new OneToOneView(Met.Pairs((0, 3, 0), (1, 3, 0), (2, 3, 0)), Parties, [true, false, true]);

        Assert.Equal(2.0 / 3, view.ExcessMatches(Certain), 12);
    }

    [Fact]
    public void ExcessMatches_HouseholdOfThreeOnBothSides_IsTwoThirds()
    {
        (int, int, int)[] all =
            [.. from left in (int[])[0, 1, 2] from right in (int[])[3, 4, 5] select (left, right, 0)];

        Assert.Equal(2.0 / 3, new OneToOneView(Met.Pairs(all), Parties, AllFree).ExcessMatches(Certain), 12);
    }

    [Fact]
    public void ExcessMatches_PartnersInSeveralParties_AreNoExcess()
    {
        var view = new OneToOneView(Met.Pairs((0, 3, 0), (0, 6, 0), (1, 8, 0), (4, 8, 0)), Parties, AllFree);

        Assert.Equal(0, view.ExcessMatches(Certain));
    }

    [Fact]
    public void ExcessMatches_OnlyPartiesWithDuplicates_IsZero()
    {
        var view = new OneToOneView(Met.Pairs((0, 3, 0), (0, 4, 0), (0, 1, 0), (0, 2, 0)), Parties, new bool[3]);

        Assert.Equal(0, view.ExcessMatches(Certain));
    }

    [Fact]
    public void ExcessMatches_UnlikelyPartners_AddUpToOneFirst()
    {
        var view = new OneToOneView(Met.Pairs((0, 3, 0), (0, 4, 1), (1, 5, 0)), Parties, AllFree);

        // As left records: .5 + .75 exceeds one by .25; as right records nothing does. Each way .5 + .75 + .5 are
        // expected.
        Assert.Equal(0.25 / 3.5, view.ExcessMatches([0.5, 0.75]), 12);
    }

    [Fact]
    public void ExcessMatches_FilesSwapped_IsTheSame() =>
        Prop.ForAll(
            Gen.Choose(0, 2).SelectMany(left => Gen.Choose(3, 5).SelectMany(right => Gen.Choose(0, 2).Select(
                level => (Left: left, Right: right, Level: level)))).ArrayOf().ToArbitrary(),
            Gen.Elements(true, false).Two().ToArbitrary(),
            (pairs, free) =>
            {
                (int Left, int Right, int Level)[] distinct = [.. pairs.DistinctBy(pair => (pair.Left, pair.Right))];
                CandidatePairs forward = Met.Pairs(distinct);
                CandidatePairs mirrored =
                    Met.Pairs([.. distinct.Select(pair => (pair.Right - 3, pair.Left + 3, pair.Level))]);
                double[] probabilities = [.. forward.Patterns.Select(pattern => 0.3 * (pattern.Vector[0] + 1))];
                var one = new OneToOneView(forward, Parties, [free.Item1, free.Item2, true]);
                var other = new OneToOneView(mirrored, Parties, [free.Item2, free.Item1, true]);
                return Math.Abs(one.ExcessMatches(probabilities) - other.ExcessMatches(probabilities)) < 1e-12;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void MutualBestShares_BestOfEachOther_CountAmongTheirPattern()
    {
        // Level 0 scores .9, level 1 scores .6: (0, 3) is best of both, (1, 3) and (0, 4) have better ones, (2, 5) not.
        var view = new OneToOneView(Met.Pairs((0, 3, 0), (0, 4, 1), (1, 3, 1), (2, 5, 1)), Parties, AllFree);

        double[] shares = view.MutualBestShares([0.9, 0.6]);

        Assert.Equal(1, shares[0]);
        Assert.Equal(1.0 / 3, shares[1], 12);
    }

    [Fact]
    public void MutualBestShares_UnlikelyPairs_AreNobodysBest() =>
        Assert.Equal([0], new OneToOneView(Met.Pairs((0, 3, 0)), Parties, AllFree).MutualBestShares([0.4]));

    [Fact]
    public void MutualBestShares_EqualScores_ShareTheFirstPlace() =>
        Assert.Equal([1], new OneToOneView(Met.Pairs((0, 3, 0), (0, 4, 0)), Parties, AllFree).MutualBestShares([0.9]));

    [Fact]
    public void MostMatches_FilesOfThreeRecords_IsThreeForEveryTwoFiles()
    {
        // Nine records in three files; ten candidates.
        CandidatePairs candidates = Met.Pairs(
            (0, 3, 0), (0, 4, 0), (0, 5, 0), (1, 3, 0), (1, 4, 0),
            (1, 5, 0), (2, 3, 0), (2, 4, 0), (2, 6, 0), (4, 7, 0));

        Assert.Equal(0.9, new OneToOneView(candidates, Parties, AllFree).MostMatches(), 12);
        Assert.Equal(1, new OneToOneView(candidates, Parties, [true, false, true]).MostMatches());
        Assert.Equal(1, new OneToOneView(Met.Pairs((0, 3, 0)), Parties, AllFree).MostMatches());
    }
}
