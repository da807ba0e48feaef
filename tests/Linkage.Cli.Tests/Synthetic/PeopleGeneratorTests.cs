using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Synthetic;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class PeopleGeneratorTests(GeneratedPair pair) : IClassFixture<GeneratedPair>
{
    private const string GoldenHash = "3d8b440bd7df7eeb335c4570d950ba8f31c97461b39e17195c32eae91b590444";

    [Fact]
    public void Records_KnownSeed_GivesTheSameBytesForEver()
    {
        PeopleGenerator generator = new(
            new PeopleOptions { PeoplePerAgency = 300, Agencies = 9, Seed = 1, DuplicateShare = 0.1 });
        using MemoryStream stream = new();
        for (int agency = 0; agency < generator.Agencies; agency++)
        {
            PeopleCsv.Write(stream, generator.Records(agency));
        }

        // A change of this hash changes every file made with a seed: say so in the changelog.
        Assert.Equal(GoldenHash, Convert.ToHexStringLower(SHA256.HashData(stream.ToArray())));
    }

    [Fact]
    public void Records_ReadByManyThreadsAtOnce_AreTheSame()
    {
        PeopleGenerator generator = new(GeneratedPair.Options);

        bool[] same = [.. Enumerable.Range(0, 4).AsParallel()
            .Select(i => generator.Records(i % 2).Take(2_000).SequenceEqual(
                (i % 2 == 0 ? pair.Left : pair.Right).Take(2_000)))];

        Assert.DoesNotContain(false, same);
    }

    [Fact]
    public void Records_OtherSeed_GivesOtherPeople() =>
        Prop.ForAll<ulong, ulong>((one, other) => one == other || !First(one).SequenceEqual(First(other)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Records_AnyOptions_GiveExactlyAsManyRowsWithDistinctIds() =>
        Prop.ForAll(AnyOptions(), options =>
        {
            PeopleGenerator generator = new(options);
            return Enumerable.Range(0, options.Agencies).All(agency =>
            {
                List<SyntheticRecord> rows = [.. generator.Records(agency)];
                return rows.Count == options.PeoplePerAgency
                    && rows.DistinctBy(row => row.RecId).Count() == rows.Count;
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Records_AnyOptionsWithoutDuplicates_HoldEveryPersonOnce() =>
        Prop.ForAll(AnyOptions(), options => new PeopleGenerator(options with { DuplicateShare = 0 })
            .Records(0).CountBy(row => row.TruthPersonId).All(person => person.Value == 1))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.02, 0.01)]
    [InlineData(0.3, 0.02)]
    [InlineData(0.5, 0.02)]
    [InlineData(0.9, 0.02)]
    [InlineData(1.0, 0.0)]
    public void Records_Overlap_IsTheShareThatAnotherAgencyHolds(double overlap, double tolerance)
    {
        PeopleGenerator generator = new(
            new PeopleOptions { PeoplePerAgency = 10_000, Agencies = 3, Seed = 29, Overlap = overlap });
        HashSet<string>[] people = [.. Enumerable.Range(0, 3)
            .Select(agency => generator.Records(agency).Select(row => row.TruthPersonId).ToHashSet())];

        Assert.InRange(people[0].Count(people[1].Contains) / 10_000.0, overlap - tolerance, overlap + tolerance);
        Assert.InRange(people[2].Count(people[0].Contains) / 10_000.0, overlap - tolerance, overlap + tolerance);
    }

    [Fact]
    public void Records_HouseholdMembers_AreKnownTogether()
    {
        HashSet<string> shared = [.. pair.Matches.Select(match => match.Left.TruthPersonId)];
        List<SyntheticRecord[]> twos = [.. pair.Left.GroupBy(row => row.TruthHouseholdId)
            .Where(members => members.Count() == 2).Select(members => members.ToArray())];

        int same = twos.Count(two => shared.Contains(two[0].TruthPersonId) == shared.Contains(two[1].TruthPersonId));

        // Independent membership would give one half.
        Assert.InRange(same / (double)twos.Count, 0.6, 0.8);
    }

    [Fact]
    public void Records_DuplicateShare_IsTheShareRecordedTwice()
    {
        PeopleGenerator generator = new(GeneratedPair.Options with { DuplicateShare = 0.1 });

        List<int> copies = [.. generator.Records(1).CountBy(row => row.TruthPersonId).Select(person => person.Value)];

        Assert.Equal(2, copies.Max());
        Assert.InRange(copies.Count(count => count == 2) / (double)copies.Count, 0.09, 0.11);
    }

    [Fact]
    public void Records_RowOrder_SaysNothingAboutThePeople()
    {
        Dictionary<string, int> rightRow = pair.Right.Index()
            .ToDictionary(row => row.Item.TruthPersonId, row => row.Index);
        (double, double)[] rows = [.. pair.Left.Index()
            .Where(row => rightRow.ContainsKey(row.Item.TruthPersonId))
            .Select(row => ((double)row.Index, (double)rightRow[row.Item.TruthPersonId]))];
        (double, double)[] households = [.. pair.Left.Index()
            .Select(row => ((double)row.Index, Digits(row.Item.TruthHouseholdId)))];

        // Four standard errors at 10,000 and at 20,000 pairs.
        Assert.InRange(Correlation(rows), -0.04, 0.04);
        Assert.InRange(Correlation(households), -0.03, 0.03);
    }

    [Fact]
    public void Records_Identifiers_SayNothingAboutThePeople()
    {
        (double, double)[] ids = [.. pair.Matches
            .Select(match => (Digits(match.Left.RecId), Digits(match.Right.RecId)))];
        (double, double)[] people = [.. pair.Left.Select(row => (Digits(row.RecId), Digits(row.TruthPersonId)))];

        Assert.InRange(Correlation(ids), -0.04, 0.04);
        Assert.InRange(Correlation(people), -0.03, 0.03);
        Assert.DoesNotContain(pair.Matches, match => Digits(match.Left.RecId) == Digits(match.Right.RecId));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Records_NoSuchAgency_Throws(int agency) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeopleGenerator(
            GeneratedPair.Options with { PeoplePerAgency = 1 }).Records(agency));

    private static List<SyntheticRecord> First(ulong seed) =>
        [.. new PeopleGenerator(new PeopleOptions { PeoplePerAgency = 5, Agencies = 1, Seed = seed }).Records(0)];

    private static Arbitrary<PeopleOptions> AnyOptions() =>
        (from people in Gen.Choose(1, 120)
         from agencies in Gen.Choose(1, 5)
         from seed in Gen.Choose(0, int.MaxValue)
         from overlap in Gen.Choose(0, 10)
         from duplicates in Gen.Choose(0, 10)
         select new PeopleOptions
         {
             PeoplePerAgency = people,
             Agencies = agencies,
             Seed = (ulong)seed,
             Overlap = overlap / 10.0,
             DuplicateShare = duplicates / 10.0,
         }).ToArbitrary();

    private static double Digits(string id) => ulong.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    private static double Correlation((double X, double Y)[] points)
    {
        double meanX = points.Average(point => point.X);
        double meanY = points.Average(point => point.Y);
        double covariance = points.Sum(point => (point.X - meanX) * (point.Y - meanY));
        double spreadX = points.Sum(point => (point.X - meanX) * (point.X - meanX));
        double spreadY = points.Sum(point => (point.Y - meanY) * (point.Y - meanY));
        return covariance / Math.Sqrt(spreadX * spreadY);
    }
}
