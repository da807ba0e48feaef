using System.Globalization;
using Linkage.Bloom.Blocking;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Tests.Blocking;

public class PassSurveyTests
{
    private static readonly LinkageSchema People = new()
    {
        Population = 100,
        BlockLimit = 10,
        Fields =
        [
            FieldSchema.Create("first", FieldKind.Name, FieldRole.GivenName),
            FieldSchema.Create("last", FieldKind.Name, FieldRole.FamilyName),
            FieldSchema.Create("born", FieldKind.Date, FieldRole.BirthDate),
            FieldSchema.Create("four", FieldKind.Number, FieldRole.LastFour),
        ],
        Passes =
        [
            new PassSchema { Name = "birth", Key = ["Dx"] },
            new PassSchema { Name = "four", Key = ["N"] },
        ],
    };

    [Fact]
    public void Measure_KnownBlocks_StatesPairsBlocksAndLosses()
    {
        using PassSurvey survey = new(People);

        // Blocks by digits: 20 of four records, one of twelve; eight records without.
        for (int i = 0; i < 100; i++)
        {
            Add(survey, i, "Ann", "Lee", i < 80 ? Four(i / 4) : i < 92 ? "9999" : null);
        }

        PassSurveyResult result = survey.Measure(100);

        PassFigures four = result.Passes[1];
        Assert.Equal((100, 100L, 10), (result.Records, result.Population, result.BlockLimit));
        Assert.Equal(100 * (20 * 12) / (100.0 * 99), four.ExpectedPairs, 12);
        Assert.Equal(12, four.LargestBlock, 12);
        Assert.Equal(new PassLoss(null, 100, 8, 12), four.Loss);
        Assert.Empty(four.GroupLosses);
        Assert.Equal(0, result.RecordsInNoPass);
        Assert.Equal(2, result.DisjointPasses);

        // The date misses 4.5 %; the digits agree in 97.5 %, are there in both records of 92 % · 92 %, 12 % dropped.
        Assert.Equal(1 - (0.045 * (1 - (0.975 * 0.92 * 0.92 * 0.88))), result.Completeness[0].Completeness, 12);
    }

    [Fact]
    public void Measure_LargerPopulation_DropsTheBlocksThatWouldGrowOverTheLimit()
    {
        using PassSurvey survey = new(People);
        for (int i = 0; i < 100; i++)
        {
            Add(survey, i, "Ann", "Lee", i < 9 ? "1111" : Four(i));
        }

        Assert.Equal(0, survey.Measure(100).Passes[1].Loss.Dropped);

        // Of nine seen, three stand beyond doubt (two standard errors): 12 of 400 records.
        Assert.Equal(9, survey.Measure(400).Passes[1].Loss.Dropped);
        Assert.Equal(12, survey.Measure(400).Passes[1].LargestBlock, 12);
    }

    [Fact]
    public void Measure_Groups_CountsLossesOfEachAndPoolsTheSmall()
    {
        using PassSurvey survey = new(People);
        for (int i = 0; i < 35; i++)
        {
            string group = i < 20 ? "b" : i < 30 ? "a" : $"single {Four(i)}";
            survey.Add(["Ann", "Lee", Date(i), i % 5 == 0 ? null : Four(i)], group);
        }

        IReadOnlyList<PassLoss> losses = survey.Measure(35).Passes[1].GroupLosses;

        Assert.Equal(
            [new PassLoss("a", 10, 2, 0), new PassLoss("b", 20, 4, 0), new PassLoss(null, 5, 1, 0)], losses);
        Assert.Equal(7, survey.GroupCount);
    }

    [Fact]
    public void Measure_RecordsThatNoPassReaches_AreCountedOnce()
    {
        using PassSurvey survey = new(People);
        survey.Add(["Ann", "Lee", null, null]);
        survey.Add(["Ann", "Lee", Date(1), null]);
        survey.Add(["Ann", "Lee", null, "1234"]);

        Assert.Equal(1, survey.Measure(3).RecordsInNoPass);
    }

    [Fact]
    public void Measure_EqualNamesLinkedInTurnByTwoPasses_ChainWholly()
    {
        using PassSurvey survey = new(People);

        // Record i shares its date with i + 1 or its digits, in turn: a chain of blocks of two.
        for (int i = 0; i < 60; i++)
        {
            survey.Add([Word(i), "Lee", Date(i / 2), Four((i + 1) / 2)]);
        }

        IReadOnlyList<ChainedClassShare> chained = survey.Measure(60).ChainedClasses;

        Assert.Equal(new ChainedClassShare("first", 0, 0, 0), chained[0]);
        Assert.Equal(new ChainedClassShare("last", 1, 1, 1), chained[1]);
    }

    [Fact]
    public void Measure_EqualNamesNeverInOneBlock_DoNotChain()
    {
        using PassSurvey survey = new(People);
        for (int i = 0; i < 60; i++)
        {
            // Blocks of two, whose records have two family names.
            survey.Add(["Ann", i % 2 == 0 ? "Lee" : "Poe", Date(i / 2), Four(i)]);
        }

        Assert.Equal(new ChainedClassShare("last", 2, 0, 0), survey.Measure(60).ChainedClasses[1]);
    }

    [Fact]
    public void Measure_BlocksOverTheLimit_DoNotChain()
    {
        using PassSurvey survey = new(People);
        for (int i = 0; i < 33; i++)
        {
            survey.Add(["Ann", "Lee", Date(i / 11), Four(i)]);
        }

        Assert.Equal(0, survey.Measure(33).ChainedClasses[1].Share);
    }

    [Fact]
    public void Measure_ChainsOfSeveralValues_ShareIsOfAllAndLargestOfOne()
    {
        using PassSurvey survey = new(People);
        for (int i = 0; i < 12; i++)
        {
            // Eight Lees of which four share a date; four Poes of which none does; normal forms count.
            survey.Add(["Ann", i >= 8 ? "Poe" : i == 0 ? "LEE" : "Lee", Date(i < 4 ? 0 : i), Four(i)]);
        }

        Assert.Equal(new ChainedClassShare("last", 2, 4.0 / 12, 0.5), survey.Measure(12).ChainedClasses[1]);
    }

    [Fact]
    public void Measure_SameRecordsTwice_IsTheSame()
    {
        using PassSurvey one = new(People, DateOrder.YearMonthDay, capacity: 50);
        using PassSurvey other = new(People, DateOrder.YearMonthDay, capacity: 50);
        for (int i = 0; i < 200; i++)
        {
            Add(one, i, Word(i % 9), Word(i % 30), Four(i / 3));
            Add(other, i, Word(i % 9), Word(i % 30), Four(i / 3));
        }

        PassSurveyResult first = one.Measure(1_000);
        PassSurveyResult second = other.Measure(1_000);
        Assert.Equal((200, 50), (one.RecordCount, first.Records));
        Assert.Equal(first.ChainedClasses, second.ChainedClasses);
        Assert.Equal(first.Completeness, second.Completeness);
        Assert.Equal(
            first.Passes.Select(pass => (pass.ExpectedPairs, pass.LargestBlock, pass.Loss)),
            second.Passes.Select(pass => (pass.ExpectedPairs, pass.LargestBlock, pass.Loss)));
    }

    [Fact]
    public void Measure_PassesTheAdvisorProposed_AgreesWithTheAdvisor()
    {
        using PassAdvisor advisor = new(People.Fields);
        for (int i = 0; i < 300; i++)
        {
            advisor.Add(Values(i));
        }

        IReadOnlyList<PassProposal> proposal = advisor.Propose(400);
        LinkageSchema schema = People with { Passes = [.. proposal.Select(one => one.Pass)], BlockLimit = 50 };
        using PassSurvey survey = new(schema);
        for (int i = 0; i < 300; i++)
        {
            survey.Add(Values(i));
        }

        PassSurveyResult result = survey.Measure(400);
        Assert.Equal(proposal.Select(one => one.ExpectedPairs), result.Passes.Select(one => one.ExpectedPairs));
        Assert.Equal(proposal.Select(one => one.LargestBlock), result.Passes.Select(one => one.LargestBlock));
        Assert.Equal(advisor.Predict(proposal), result.Completeness);
    }

    [Fact]
    public void Predict_PassOfAnUnknownPart_IsRefused()
    {
        using PassAdvisor advisor = new(People.Fields);
        PassProposal pass = new(new PassSchema { Name = "zip", Key = ["Z"] }, 0, 0, 0, 0);

        Assert.Throws<ArgumentException>(() => advisor.Predict([pass]));
    }

    [Fact]
    public void New_SchemaWithAPassOnOneName_IsRefused() =>
        Assert.Throws<LinkageSchemaException>(() => new PassSurvey(
            People with { Passes = [.. People.Passes, new PassSchema { Name = "last", Key = ["L"] }] }));

    [Fact]
    public void Add_WrongNumberOfValues_IsRefused()
    {
        using PassSurvey survey = new(People);

        Assert.Throws<ArgumentException>(() => survey.Add(["only"]));
    }

    [Fact]
    public void Measure_NoRecords_IsAllZero()
    {
        using PassSurvey survey = new(People);

        PassSurveyResult result = survey.Measure(100);

        Assert.All(result.Passes, pass => Assert.Equal(new PassLoss(null, 0, 0, 0), pass.Loss));
        Assert.All(result.Completeness, one => Assert.Equal(0, one.Completeness));
    }

    private static void Add(PassSurvey survey, int i, string first, string last, string? four) =>
        survey.Add([first, last, Date(i), four]);

    private static string?[] Values(int i) =>
        [Word(i % 40), Word(i % 70), i % 10 == 0 ? null : Date(i * 7 % 90), Four(i % 60)];

    private static string Date(int i) => string.Create(
        CultureInfo.InvariantCulture, $"{1930 + (i % 60)}-{1 + (i / 60 % 12):00}-15");

    private static string Four(int i) => string.Create(CultureInfo.InvariantCulture, $"{1000 + i}");

    private static string Word(int i) => $"{(char)('A' + (i % 26))}{(char)('a' + (i / 26))}rin";
}
