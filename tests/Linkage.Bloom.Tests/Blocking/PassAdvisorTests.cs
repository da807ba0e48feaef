using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Blocking;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Tests.Blocking;

public class PassAdvisorTests
{
    private static readonly FieldSchema[] People =
    [
        FieldSchema.Create("first", FieldKind.Name, FieldRole.GivenName),
        FieldSchema.Create("last", FieldKind.Name, FieldRole.FamilyName),
        FieldSchema.Create("born", FieldKind.Date, FieldRole.BirthDate),
        FieldSchema.Create("four", FieldKind.Number, FieldRole.LastFour),
        FieldSchema.Create("tel", FieldKind.Phone, FieldRole.Phone),
        FieldSchema.Create("home", FieldKind.Address, FieldRole.Address),
        FieldSchema.Create("zip", FieldKind.Postcode, FieldRole.Postcode),
    ];

    [Fact]
    public void Propose_FewRecords_TakesTheCoarsestKeys()
    {
        using PassAdvisor advisor = Feed(People, 400);

        Assert.Equal(["Dx", "F1-L3", "N", "P", "ASx"], Names(advisor.Propose(400)));
    }

    [Fact]
    public void Propose_KnownDistribution_StatesPairsAndLargestBlock()
    {
        using PassAdvisor advisor = Feed(People, 400);

        // 100 values of four records each: c = 100 · 4 · 3 / (400 · 399).
        PassProposal pass = Assert.Single(advisor.Propose(400), proposal => proposal.Pass.Name == "N");

        Assert.Equal(400 * 1200.0 / (400 * 399), pass.ExpectedPairs, 9);
        Assert.Equal(4, pass.LargestBlock, 9);
        Assert.Equal(1, pass.Coverage);
        Assert.Equal(0, pass.Dropped);
    }

    [Fact]
    public void Propose_KeyTooCoarseForThePopulation_IsSplitInTwoByDifferentFields()
    {
        using PassAdvisor advisor = Feed(People, 400);

        // N · c is 10 at 1,330 records.
        Assert.Contains("N", Names(advisor.Propose(1_329)));
        string[] refined = Names(advisor.Propose(1_331));

        Assert.DoesNotContain("N", refined);
        Assert.Contains("N-L3", refined);
        Assert.Contains("N-Y", refined);
    }

    [Fact]
    public void Propose_NameBlocksTooLarge_RefinesInTheGivenOrder()
    {
        FieldSchema[] fields = [People[0], People[1]];
        using PassAdvisor coarse = new(fields);
        using PassAdvisor fine = new(fields);
        for (int i = 0; i < 200; i++)
        {
            coarse.Add([$"{Letter(i)}nn", $"Smi{Letter(i)}"]);
            fine.Add([$"A{Letter(i)}n", $"Smi{Letter(i / 26)}"]);
        }

        Assert.Equal("F1-L3", Names(coarse.Propose(200))[0]);
        Assert.Equal("F3-LS", Names(fine.Propose(200))[0]);
    }

    [Fact]
    public void Propose_ManyParties_KeepsBlocksSmaller()
    {
        FieldSchema[] fields = [People[2]];
        using PassAdvisor advisor = new(fields);
        for (int i = 0; i < 90; i++)
        {
            advisor.Add([$"{1950 + (i / 9)}-01-01"]);
        }

        Assert.Contains("Dx", Names(advisor.Propose(90, parties: 50)));
        Assert.DoesNotContain("Dx", Names(advisor.Propose(90, parties: 60)));
    }

    [Fact]
    public void Propose_HouseNumberInAnotherColumn_BlocksByTheWholeStreet()
    {
        FieldSchema[] fields = [People[2], People[5]];
        using PassAdvisor advisor = new(fields);
        for (int i = 0; i < 100; i++)
        {
            advisor.Add([$"{1900 + i}-05-06", $"{Letter(i)}{Letter(i / 26)} Street"]);
        }

        string[] names = Names(advisor.Propose(100));

        Assert.Contains("home", names);
        Assert.DoesNotContain("ASx", names);
    }

    [Fact]
    public void Propose_FieldAlmostEmpty_GivesNoPassOnIt()
    {
        FieldSchema[] fields = [People[2], People[4]];
        using PassAdvisor advisor = new(fields);
        for (int i = 0; i < 100; i++)
        {
            advisor.Add([$"{1900 + i}-05-06", i < 19 ? $"617-555-{i:0000}" : null]);
        }

        Assert.DoesNotContain("P", Names(advisor.Propose(100)));
    }

    [Fact]
    public void Propose_NamesAndDatesAlone_AddsOtherViewsOfThem()
    {
        using PassAdvisor advisor = Feed([.. People.Take(3)], 400);

        string[] names = Names(advisor.Propose(400));

        Assert.Equal(["Dx", "F1-L3", "NS"], names[..3]);
        Assert.True(names.Length >= 5);
    }

    [Fact]
    public void Propose_EveryKindOfField_KeepsThreeDisjointPasses()
    {
        using PassAdvisor advisor = Feed(People, 400);

        foreach (long population in (long[])[400, 5_000, 50_000, 1_000_000])
        {
            Assert.True(PassRules.CountDisjoint(SchemaOf(People, advisor.Propose(population))) >= 3);
        }
    }

    [Fact]
    public void Propose_AnyFieldsAndPopulation_GivesAValidSchemaWithinLimits()
    {
        Gen<(int Mask, int Population)> cases = Gen.Zip(Gen.Choose(1, 127), Gen.Choose(50, 2_000_000))
            .Select(pair => (pair.Item1, pair.Item2));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(cases.ToArbitrary(), one =>
        {
            FieldSchema[] fields = [.. People.Where((_, i) => (one.Mask >> i & 1) != 0)];
            using PassAdvisor advisor = Feed(fields, 50);
            IReadOnlyList<PassProposal> passes = advisor.Propose(one.Population);
            LinkageSchema schema = SchemaOf(fields, passes);

            // Refuses, among others, a pass on one name alone.
            bool oneWholeField = passes.Count == 1 && schema.ImpliedFields(0).Contains(true);
            if (passes.Count > 0 && !oneWholeField)
            {
                schema.Validate();
            }

            return passes.All(pass => pass.ExpectedPairs <= 50 && pass.Dropped <= 0.05
                && (pass.Dropped > 0 || pass.LargestBlock <= 50));
        }));
    }

    [Fact]
    public void Propose_SameRecordsTwice_IsTheSame()
    {
        using PassAdvisor one = Feed(People, 300);
        using PassAdvisor other = Feed(People, 300);

        Assert.Equal(Figures(one.Propose(10_000)), Figures(other.Propose(10_000)));
    }

    [Fact]
    public void Measure_MoreRecordsThanCapacity_SeesAUniformSample()
    {
        FieldSchema[] fields = [People[2]];
        using PassAdvisor advisor = new(fields, DateOrder.YearMonthDay, capacity: 200);
        for (int i = 0; i < 2_000; i++)
        {
            advisor.Add([i < 1_000 ? "1950-01-01" : "1960-01-01"]);
        }

        // Two halves of the file: c is about one half only if both are in the sample alike.
        PassAdvisorMeasure measure = advisor.Measure(["Dx"])!;
        Assert.Equal(2_000, advisor.RecordCount);
        Assert.InRange(measure.LargestAt(200), 100, 125);
        Assert.InRange(measure.Collision, 0.49, 0.54);
    }

    [Fact]
    public void Measure_PartOfAnAbsentField_IsNull()
    {
        using PassAdvisor advisor = Feed([People[0]], 10);

        Assert.Null(advisor.Measure(["NS"]));
        Assert.NotNull(advisor.Measure(["F1"]));
    }

    [Fact]
    public void Add_WrongNumberOfValues_IsRefused()
    {
        using PassAdvisor advisor = new(People);

        Assert.Throws<ArgumentException>(() => advisor.Add(["only"]));
    }

    private static PassAdvisor Feed(FieldSchema[] fields, int count)
    {
        PassAdvisor advisor = new(fields);
        for (int i = 0; i < count; i++)
        {
            advisor.Add([.. fields.Select(field => ValueOf(field, i))]);
        }

        return advisor;
    }

    // Spread widely, except the four digits: of those there are 100.
    private static string ValueOf(FieldSchema field, int i) => field.Role switch
    {
        FieldRole.GivenName => $"{Letter(i)}{Letter(i / 3)}{Letter(i / 5)}",
        FieldRole.FamilyName => $"{Letter(i / 7)}{Letter(i / 11)}{Letter(i)}son",
        FieldRole.BirthDate => string.Create(
            CultureInfo.InvariantCulture, $"{1930 + (i * 7 % 80)}-{1 + (i * 5 % 12):00}-{1 + (i % 28):00}"),
        FieldRole.LastFour => string.Create(CultureInfo.InvariantCulture, $"{1000 + (i % 100)}"),
        FieldRole.Phone => string.Create(CultureInfo.InvariantCulture, $"617-555-{i:0000}"),
        FieldRole.Address => $"{i + 1} {Letter(i)}{Letter(i / 2)}{Letter(i / 3)} Street",
        _ => string.Create(CultureInfo.InvariantCulture, $"{10_000 + (i / 2)}"),
    };

    private static char Letter(int i) => (char)('A' + (i % 26));

    private static LinkageSchema SchemaOf(FieldSchema[] fields, IReadOnlyList<PassProposal> passes) =>
        new() { Fields = fields, Passes = [.. passes.Select(proposal => proposal.Pass)] };

    private static string[] Names(IReadOnlyList<PassProposal> passes) => [.. passes.Select(pass => pass.Pass.Name)];

    private static string[] Figures(IReadOnlyList<PassProposal> passes) =>
    [
        .. passes.Select(pass => string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join('+', pass.Pass.Key)} {pass.ExpectedPairs:R} {pass.LargestBlock:R} {pass.Coverage:R}")),
    ];
}
