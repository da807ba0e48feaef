using Linkage.Bloom;
using Linkage.Bloom.Storage;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;
using Linkage.Synthetic;

namespace Linkage.Core.Tests;

/// <summary>What a result holds, and that it depends on files, options and seed alone.</summary>
public sealed class LinkerTestsOfResults : IClassFixture<EncodedPeople>
{
    private readonly PeopleProject _people;

    public LinkerTestsOfResults(EncodedPeople encoded)
    {
        _people = encoded.People;
    }

    private EncodedFile[] Encoded => _people.Encoded.Files;

    private static (RecordReference, RecordReference, ulong, double, double, Decision)[] Rows(LinkResult result) =>
    [
        .. result.Pairs.Select(pair => (
            pair.Left, pair.Right, pair.Vector.Code, pair.Weight.Bits, pair.Probability.Value, pair.Decision)),
    ];

    private static int[] Entities(LinkResult result) =>
        [.. Enumerable.Range(0, result.RecordCount).Select(result.EntityOf)];

    [Fact]
    public void Link_SameSeed_GivesTheSameResult()
    {
        LinkResult first = Linker.Link(Encoded, new LinkerOptions { Seed = 7 });
        LinkResult second = Linker.Link(Encoded, new LinkerOptions { Seed = 7 });

        Assert.Equal(Rows(first), Rows(second));
        Assert.Equal(Entities(first), Entities(second));
        Assert.Equal(first.LinkIds, second.LinkIds);
        Assert.Equal(
            first.Fits.Select(fit => fit with { History = [] }), second.Fits.Select(fit => fit with { History = [] }));
        Assert.Equal(first.Fits.SelectMany(fit => fit.History), second.Fits.SelectMany(fit => fit.History));
        Assert.Equal(first.Passes, second.Passes);
    }

    [Fact]
    public void Link_NoSeed_OnlyTheLinkIdsDiffer()
    {
        LinkResult first = Linker.Link(Encoded);
        LinkResult second = Linker.Link(Encoded);

        Assert.Equal(Rows(first), Rows(second));
        Assert.Equal(Entities(first), Entities(second));
        Assert.Empty(first.LinkIds.Intersect(second.LinkIds));
        Assert.Equal(first.EntityCount, first.LinkIds.Count);
    }

    [Fact]
    public void Link_FilesSwapped_GivesTheMirroredPairs()
    {
        LinkResult forward = Linker.Link(Encoded, new LinkerOptions { OneToOne = OneToOneMode.Off });
        LinkResult backward = Linker.Link([.. Encoded.Reverse()], new LinkerOptions { OneToOne = OneToOneMode.Off });

        Assert.Equal(
            Rows(forward).ToHashSet(),
            [.. Rows(backward).Select(row => row with { Item1 = row.Item2, Item2 = row.Item1 })]);
        Assert.Equal(forward.Pairs.Count, backward.Pairs.Count);
        Assert.Equal(forward.EntityCount, backward.EntityCount);
    }

    [Fact]
    public void Link_FilesDisposed_ResultStillAnswers()
    {
        using PeopleProject people =
            PeopleProject.Generate(new PeopleOptions { PeoplePerAgency = 60, Agencies = 2, Seed = 6 });
        LinkResult result = Linker.Link(people.Encoded.Files);
        foreach (EncodedFile file in people.Encoded.Files)
        {
            file.Dispose();
        }

        Assert.Equal(120, Enumerable.Range(0, 120).Select(result.Record).Distinct().Count());
        Assert.NotEmpty(result.Pairs);
        Assert.All(result.Pairs, pair => Assert.Equal(result.Record(pair.LeftRecord), pair.Left));
        Assert.All(result.Pairs, pair => Assert.Equal(result.Record(pair.RightRecord), pair.Right));
    }

    [Fact]
    public void Pairs_Order_IsHeaviestFirstThenByHandles()
    {
        LinkResult result = Linker.Link(Encoded);

        Assert.Equal(
            result.Pairs.OrderByDescending(pair => pair.Weight.Bits)
                .ThenBy(pair => pair.Left.Handle, StringComparer.Ordinal)
                .ThenBy(pair => pair.Right.Handle, StringComparer.Ordinal)
                .Select(pair => (pair.LeftRecord, pair.RightRecord)),
            result.Pairs.Select(pair => (pair.LeftRecord, pair.RightRecord)));
        Assert.All(result.Pairs, pair => Assert.Equal("agency0", pair.Left.Party));
        Assert.All(result.Pairs, pair => Assert.Equal("agency1", pair.Right.Party));
    }

    [Fact]
    public void Pairs_KeepWeight_KeepsLinksAndHeavyNonMatches()
    {
        LinkResult all = Linker.Link(Encoded, new LinkerOptions { KeepWeight = double.NegativeInfinity });
        LinkResult few = Linker.Link(Encoded, new LinkerOptions { KeepWeight = 1_000 });
        LinkResult some = Linker.Link(Encoded, new LinkerOptions { KeepWeight = -2 });

        Assert.Equal(all.CandidateCount, all.Pairs.Count);
        Assert.Equal(Rows(all).Where(row => row.Item6 != Decision.NonMatch), Rows(few));
        Assert.Equal(Rows(all).Where(row => row.Item6 != Decision.NonMatch || row.Item4 >= -2), Rows(some));
        Assert.True(few.Pairs.Count < some.Pairs.Count && some.Pairs.Count < all.Pairs.Count);
    }

    [Fact]
    public void Counts_PassesAndPatterns_AddUp()
    {
        LinkResult result = Linker.Link(Encoded);

        Assert.Equal(_people.Encoded.Schema.Passes.Select(pass => pass.Name), result.Passes.Select(pass => pass.Pass));
        Assert.Equal(result.CandidateCount, result.Passes.Sum(pass => pass.NewPairs));
        Assert.Equal(result.CandidateCount, result.Patterns.Sum(pattern => pattern.Count));
        Assert.Equal(result.Passes[0].Pairs, result.Passes[0].NewPairs);
        Assert.All(result.Passes, pass => Assert.InRange(pass.NewPairs, 1, pass.Pairs));
        Assert.True(TestComparisons.IsSound(result.Model));
        Assert.Equal(result.EntityCount, Entities(result).Distinct().Count());
    }

    [Fact]
    public void Link_ModelOfAnEarlierRun_ScoresTheSameWithoutEstimating()
    {
        LinkResult first = Linker.Link(Encoded);

        LinkResult second = Linker.Link(Encoded, new LinkerOptions { Model = first.Model });

        Assert.Empty(second.Fits);
        Assert.Equal(Rows(first), Rows(second));
    }

    [Fact]
    public void Link_IterationLimit_IsSaidInTheFits()
    {
        LinkResult result = Linker.Link(
            Encoded, new LinkerOptions { Estimation = new Core.Estimation.EmOptions { MaxIterations = 2 } });

        Assert.All(result.Fits, fit => Assert.False(fit.HasConverged));
        Assert.All(result.Fits, fit => Assert.Equal(2, fit.Iterations));
    }

    [Fact]
    public void Link_NoCommonBlock_LinksNothing()
    {
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("left", [["11", "21", "ada"], ["12", "22", "berta"]]);
        project.Add("right", [["31", "41", "ada"]]);

        LinkResult result = Linker.Link(project.Files);

        Assert.Equal(0, result.CandidateCount);
        Assert.Empty(result.Pairs);
        Assert.Equal(3, result.EntityCount);
        Assert.Equal([0, 1, 2], Entities(result).Order());
        Assert.True(TestComparisons.IsSound(result.Model));
    }

    [Fact]
    public void Link_EmptyFiles_GiveAnEmptyResult()
    {
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("left", []);
        project.Add("right", []);

        Assert.Equal(0, Linker.Link(project.Files).RecordCount);
        Assert.Equal(0, Linker.Link([project.Files[0]]).EntityCount);
    }

    [Fact]
    public void Link_OnlyOnePair_GivesFiniteNumbers()
    {
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("left", [["11", "21", "ada"]]);
        project.Add("right", [["11", "22", "ada"]]);

        LinkedPair pair = Assert.Single(Linker.Link(project.Files).Pairs);

        Assert.True(double.IsFinite(pair.Weight.Bits));
        Assert.InRange(pair.Probability.Value, 0, 1);
    }

    [Fact]
    public void Link_DroppedBlock_IsInTheTally()
    {
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("left", NumberRows.OneBlock(300, "77", 1000));
        project.Add("right", NumberRows.OneBlock(201, "77", 5000));

        LinkResult result = Linker.Link(project.Files);

        Assert.Equal(new Core.Blocking.BlockTally("first", 0, 0, 501, 1, 0), result.Passes[0]);
        Assert.Equal(0, result.CandidateCount);
    }

    [Fact]
    public void Link_Cancelled_Throws() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => Linker.Link(Encoded, null, null, new CancellationToken(canceled: true)));

    [Fact]
    public void Link_CancelledAtAnyStage_Throws()
    {
        foreach (string stage in (string[])["comparing", "estimating"])
        {
            using var source = new CancellationTokenSource();
            var progress = new CancelAt(stage, source);

            Assert.ThrowsAny<OperationCanceledException>(() => Linker.Link(Encoded, null, progress, source.Token));
        }
    }

    /// <summary>Cancels when a stage first reports, on the reporting thread.</summary>
    private sealed class CancelAt(string stage, CancellationTokenSource source) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Stage == stage)
            {
                source.Cancel();
            }
        }
    }
}
