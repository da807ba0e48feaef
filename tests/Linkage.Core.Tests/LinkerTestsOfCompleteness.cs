using Linkage.Core.Evaluation;
using Linkage.Core.Tests.Reporting;
using Linkage.Core.Tests.Support;
using Linkage.Synthetic;

namespace Linkage.Core.Tests;

/// <summary>The share of true pairs that met, as estimated without the truth, against the truth.</summary>
public sealed class LinkerTestsOfCompleteness
{
    private static readonly LinkerOptions KeepAll = new() { KeepWeight = double.NegativeInfinity, Seed = 1 };

    private static PeopleOptions Options => new() { PeoplePerAgency = 3_000, Agencies = 2, Seed = 11 };

    private static PairsCompleteness AssertNear(PeopleProject people, double tolerance, LinkerOptions? options = null)
    {
        LinkResult result = Linker.Link(people.Encoded.Files, options ?? KeepAll);
        double truth = people.EvaluateMeetings(result);

        Assert.Null(result.NoCompletenessReason);
        PairsCompleteness found = result.Completeness!;
        Assert.InRange(found.Estimate, truth - tolerance, truth + tolerance);
        Assert.InRange(found.Estimate, found.Low, found.High);
        return found;
    }

    [Fact]
    public void Link_MadeUpPeople_IsNearTheTruth()
    {
        using PeopleProject people = PeopleProject.Generate(Options);

        PairsCompleteness found = AssertNear(people, 0.005);

        Assert.Equal(["birth", "names", "ssn4", "phone", "address"], found.CorePasses);
    }

    [Fact]
    public void Link_TwiceTheErrors_IsNearTheTruth()
    {
        using PeopleProject people = PeopleProject.Generate(Options with { ErrorScale = 2 });

        AssertNear(people, 0.01);
    }

    [Fact]
    public void Link_PartiesWithDuplicates_IsNearTheTruth()
    {
        using PeopleProject people = PeopleProject.Generate(Options with { DuplicateShare = 0.1 });

        AssertNear(people, 0.01, KeepAll with { DuplicateParties = ["agency0", "agency1"] });
    }

    [SharedDataFact]
    public void Link_Febrl4_IsNearTheTruth()
    {
        using PeopleProject people = PeopleProject.ReadFebrl4();

        AssertNear(people, 0.005);
    }

    [SharedDataFact]
    public void Link_FiftyThousandPeople_IsNearTheTruth()
    {
        using PeopleProject people = PeopleProject.ReadPair50k();

        AssertNear(people, 0.005);
    }

    [Fact]
    public void Link_TwoPassesOrOneFile_SaysWhyThereIsNone()
    {
        LinkResult twoPasses = SmallRun.Link();
        LinkResult oneFile = SmallRun.FindDuplicates();

        Assert.Null(twoPasses.Completeness);
        Assert.Contains("fewer than 3 passes", twoPasses.NoCompletenessReason, StringComparison.Ordinal);
        Assert.Null(oneFile.Completeness);
        Assert.Contains("one file", oneFile.NoCompletenessReason, StringComparison.Ordinal);
    }
}
