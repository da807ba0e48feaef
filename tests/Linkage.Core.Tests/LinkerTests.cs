using Linkage.Bloom.Schemas;
using Linkage.Core.Estimation;
using Linkage.Core.Evaluation;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;
using Linkage.Synthetic;

namespace Linkage.Core.Tests;

/// <summary>How good the links of made-up people are, against the truth.</summary>
public sealed class LinkerTests
{
    private static PeopleProject Generate(
        int people, int agencies, double duplicates = 0, ProtectionProfile profile = ProtectionProfile.Standard) =>
        PeopleProject.Generate(
            new PeopleOptions { PeoplePerAgency = people, Agencies = agencies, Seed = 11, DuplicateShare = duplicates },
            profile);

    private static LinkResult Link(
        PeopleProject people, OneToOneMode mode = OneToOneMode.Auto, params string[] duplicates) =>
        Linker.Link(people.Encoded.Files, new LinkerOptions { OneToOne = mode, DuplicateParties = duplicates });

    [Fact]
    public void Link_TwoPartiesInEveryMode_FindsThePersons()
    {
        using PeopleProject people = Generate(2_000, 2);
        foreach (OneToOneMode mode in (OneToOneMode[])[OneToOneMode.Off, OneToOneMode.Greedy, OneToOneMode.Optimal])
        {
            LinkResult result = Link(people, mode);

            Assert.Equal(4_000, result.RecordCount);
            Assert.InRange(people.EvaluatePairs(result).F1, 0.95, 1);
            Assert.InRange(people.EvaluateEntities(result).F1, 0.95, 1);
        }
    }

    [Fact]
    public void Link_ThreeParties_FindsTheEntities()
    {
        using PeopleProject people = Generate(1_200, 3);

        LinkResult result = Link(people);

        Assert.Equal(OneToOneMode.Optimal, result.Options.OneToOne);
        Assert.InRange(people.EvaluateEntities(result).F1, 0.95, 1);
        for (int record = 1; record < result.RecordCount; record++)
        {
            Assert.InRange(result.EntityOf(record), 0, result.EntityCount - 1);
        }

        IEnumerable<(int, string)> places = Enumerable.Range(0, result.RecordCount)
            .Select(record => (result.EntityOf(record), result.Record(record).Party));
        Assert.Equal(result.RecordCount, places.Distinct().Count());
    }

    [Fact]
    public void Link_OneFile_FindsTheDuplicates()
    {
        using PeopleProject people = Generate(2_000, 1, duplicates: 0.2);

        LinkResult result = Link(people);
        LinkageQuality quality = people.EvaluatePairs(result);

        Assert.Equal(OneToOneMode.Off, result.Options.OneToOne);
        Assert.True(quality.TruePairs > 200);
        Assert.InRange(quality.F1, 0.95, 1);
    }

    [Fact]
    public void Link_TwoPartiesWithDuplicates_FindsPairsWithinAndAcross()
    {
        using PeopleProject people = Generate(1_500, 2, duplicates: 0.1);

        LinkResult result = Link(people, OneToOneMode.Auto, "agency1", "agency0");

        Assert.Equal(OneToOneMode.Off, result.Options.OneToOne);
        Assert.InRange(people.EvaluatePairs(result).F1, 0.93, 1);
        LinkedPair[] links = [.. result.Pairs.Where(pair => pair.Decision == Decision.Match)];
        Assert.Contains(links, pair => pair.Left.Party == "agency0" && pair.Right.Party == "agency0");
        Assert.Contains(links, pair => pair.Left.Party == "agency0" && pair.Right.Party == "agency1");
        Assert.Contains(links, pair => pair.Left.Party == "agency1" && pair.Right.Party == "agency1");
    }

    [Fact]
    public void Link_HouseholdsInBothFiles_AllStartsFindThePersons()
    {
        using PeopleProject people = Generate(3_000, 2);

        IReadOnlyList<EmFit> fits = Link(people).Fits;

        EmFit[] kinds = [.. fits.Take(3)];
        Assert.Contains(kinds, fit => fit.IsChosen);
        Assert.All(kinds, fit => Assert.True(fit.HasConverged));
        Assert.All(kinds, fit => Assert.InRange(fit.ExcessMatches, 0, 0.1));
        Assert.All(kinds, fit => Assert.Equal(fits[0].LogLikelihood, fit.LogLikelihood, 0.01));
        Assert.All(kinds, fit => Assert.Equal(fits[0].PriorMatchProbability, fit.PriorMatchProbability, 1e-4));
    }

    [Fact]
    public void Link_ResearchAndStandard_DecideNearlyTheSame()
    {
        using PeopleProject standard = Generate(1_500, 2);
        using PeopleProject research = Generate(1_500, 2, profile: ProtectionProfile.Research);

        HashSet<(int, int)> protectedLinks = Links(standard);
        HashSet<(int, int)> plainLinks = Links(research);

        int common = protectedLinks.Intersect(plainLinks).Count();
        Assert.InRange(common, 0.97 * protectedLinks.Count, protectedLinks.Count);
        Assert.InRange(common, 0.97 * plainLinks.Count, plainLinks.Count);
    }

    /// <summary>The matches as rows of the two sources.</summary>
    private static HashSet<(int, int)> Links(PeopleProject people) =>
    [
        .. Link(people).Pairs.Where(pair => pair.Decision == Decision.Match).Select(pair => (
            people.Encoded.Parties[0].RowOf(pair.Left.Handle), people.Encoded.Parties[1].RowOf(pair.Right.Handle))),
    ];

    [SharedDataFact]
    public void Link_Febrl4_ReachesThePublishedQuality()
    {
        using PeopleProject people = PeopleProject.ReadFebrl4();

        Assert.InRange(people.EvaluatePairs(Link(people, OneToOneMode.Off)).F1, 0.990, 1);
        Assert.InRange(people.EvaluatePairs(Link(people, OneToOneMode.Optimal)).F1, 0.995, 1);
    }
}
