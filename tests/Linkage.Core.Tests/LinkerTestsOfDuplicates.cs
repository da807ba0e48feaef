using Linkage.Bloom.Storage;
using Linkage.Core.Clustering;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;
using Linkage.Synthetic;

namespace Linkage.Core.Tests;

/// <summary>Linking and removing duplicates at once: some parties may list a person twice, others do not.</summary>
public sealed class LinkerTestsOfDuplicates
{
    private const string Twice = "agency0";
    private const string Once = "agency1";

    private static PeopleProject Generate(int people, int agencies, params ReadOnlySpan<int> free) =>
        PeopleProject.Generate(
            new PeopleOptions { PeoplePerAgency = people, Agencies = agencies, Seed = 23, DuplicateShare = 0.15 },
            free: free);

    private static (LinkedPair[] Within, LinkedPair[] Across) Links(LinkResult result)
    {
        ILookup<bool, LinkedPair> links = result.Pairs.Where(pair => pair.Decision == Decision.Match)
            .ToLookup(pair => pair.Left.Party == pair.Right.Party);
        return ([.. links[true]], [.. links[false]]);
    }

    [Theory]
    [InlineData(OneToOneMode.Greedy)]
    [InlineData(OneToOneMode.Optimal)]
    public void Link_OnePartyWithDuplicates_LimitsItsRecordsToOnePartnerOnly(OneToOneMode mode)
    {
        using PeopleProject people = Generate(1_200, 2, free: 1);

        LinkResult result = Linker.Link(
            people.Encoded.Files, new LinkerOptions { OneToOne = mode, DuplicateParties = [Twice], KeepWeight = -50 });

        (LinkedPair[] within, LinkedPair[] across) = Links(result);
        Assert.All(result.Pairs, pair => Assert.Equal(Twice, pair.Left.Party));
        Assert.True(within.Length > 50);
        Assert.Equal(across.Length, across.DistinctBy(pair => pair.LeftRecord).Count());
        Assert.True(across.Length - across.DistinctBy(pair => pair.RightRecord).Count() > 10);
        AssertOnePerEntity(result, Once);
        Assert.InRange(people.EvaluatePairs(result).F1, 0.97, 1);
        Assert.InRange(people.EvaluateEntities(result).F1, 0.97, 1);
    }

    [Fact]
    public void Link_OnePartyWithDuplicates_DefaultDecidesPairsAloneAndEntitiesKeepThePromise()
    {
        using PeopleProject people = Generate(1_200, 2, free: 1);

        LinkResult result = Linker.Link(people.Encoded.Files, new LinkerOptions { DuplicateParties = [Twice] });

        Assert.Equal(OneToOneMode.Off, result.Options.OneToOne);
        Assert.Equal(0, result.TiedMatches);
        AssertOnePerEntity(result, Once);
        Assert.InRange(people.EvaluatePairs(result).F1, 0.97, 1);
        Assert.InRange(people.EvaluateEntities(result).F1, 0.97, 1);
    }

    [Fact]
    public void Link_FilesOfMixedPartiesSwapped_GivesTheMirroredPairs()
    {
        using PeopleProject people = Generate(600, 2, free: 1);
        var options = new LinkerOptions { OneToOne = OneToOneMode.Optimal, DuplicateParties = [Twice] };
        EncodedFile[] files = people.Encoded.Files;

        LinkResult forward = Linker.Link(files, options);
        LinkResult backward = Linker.Link([.. files.Reverse()], options);

        // Another choice among equals would be as good; these people have none.
        Assert.Equal((0, 0), (forward.TiedMatches, backward.TiedMatches));
        Assert.Equal(
            Links(forward).Across.Select(pair => (pair.Left, pair.Right)).ToHashSet(),
            [.. Links(backward).Across.Select(pair => (pair.Right, pair.Left))]);
        Assert.Equal(forward.EntityCount, backward.EntityCount);
    }

    [Fact]
    public void Link_ThreePartiesWithDuplicates_FindsEntitiesWithinAndAcross()
    {
        using PeopleProject people = Generate(1_000, 3);
        string[] parties = [.. people.Encoded.Files.Select(file => file.Header.Party)];

        LinkResult result = Linker.Link(people.Encoded.Files, new LinkerOptions { DuplicateParties = parties });

        (LinkedPair[] within, LinkedPair[] across) = Links(result);
        Assert.Equal(parties, within.Select(pair => pair.Left.Party).Distinct().Order(StringComparer.Ordinal));
        Assert.True(across.Length > within.Length);
        Assert.InRange(people.EvaluatePairs(result).F1, 0.96, 1);
        Assert.InRange(people.EvaluateEntities(result).F1, 0.96, 1);

        // More records than parties: somebody was listed twice in one and is known to others.
        Assert.Contains(result.EntityMetrics, entity => entity.Parties == 3 && entity.Records > 3);
        Assert.Contains(result.EntityMetrics, entity => entity.Parties == 1);
    }

    [Fact]
    public void EntityMetrics_AnyRun_AgreeWithPairsAndEntities()
    {
        using PeopleProject people = Generate(600, 3, free: [1, 2]);

        LinkResult result = Linker.Link(
            people.Encoded.Files, new LinkerOptions { DuplicateParties = [Twice], OneToOne = OneToOneMode.Optimal });

        ILookup<int, int> records = Enumerable.Range(0, result.RecordCount).ToLookup(result.EntityOf);
        ILookup<int, LinkedPair> links = result.Pairs
            .Where(pair => pair.Decision == Decision.Match
                && result.EntityOf(pair.LeftRecord) == result.EntityOf(pair.RightRecord))
            .ToLookup(pair => result.EntityOf(pair.LeftRecord));
        Assert.Equal(
            records.Where(entity => entity.Count() > 1).Select(entity => entity.Key).Order(),
            result.EntityMetrics.Select(entity => entity.Entity).Order());
        foreach (EntityMetrics entity in result.EntityMetrics)
        {
            Assert.Equal(records[entity.Entity].Count(), entity.Records);
            Assert.Equal(
                records[entity.Entity].Select(record => result.Record(record).Party).Distinct().Count(),
                entity.Parties);
            Assert.Equal(links[entity.Entity].Count(), entity.Pairs);
            Assert.Contains(links[entity.Entity], pair => pair.Probability.Value.Equals(entity.WeakestLink));
            Assert.InRange(entity.Bridges, 0, entity.Records - 1);
        }
    }

    private static void AssertOnePerEntity(LinkResult result, string party) =>
        Assert.All(
            Enumerable.Range(0, result.RecordCount).Where(record => result.Record(record).Party == party)
                .CountBy(result.EntityOf),
            entity => Assert.Equal(1, entity.Value));
}
