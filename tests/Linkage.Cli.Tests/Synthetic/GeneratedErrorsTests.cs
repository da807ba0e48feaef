using Linkage.Synthetic;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class GeneratedErrorsTests(GeneratedPair pair) : IClassFixture<GeneratedPair>
{
    private static readonly string[] FirstErrors =
        ["nick", "alias", "midfirst", "initial", "spacing", "typo_first", "swap", "m_first"];

    private static readonly string[] LastErrors =
        ["prevname", "drop2", "hyphen", "maternal", "spacing", "roman", "typo_last", "swap", "m_last"];

    // What two agencies with ordinary care agree on; the same shares as in the data set that the tool is measured with.
    [Theory]
    [InlineData("first_name", 0.85)]
    [InlineData("last_name", 0.83)]
    [InlineData("dob", 0.96)]
    [InlineData("sex", 0.994)]
    [InlineData("address", 0.66)]
    [InlineData("city", 0.92)]
    [InlineData("zip", 0.77)]
    [InlineData("ssn4", 0.97)]
    [InlineData("phone", 0.87)]
    public void Matches_Field_AgreesInItsBand(string column, double expected)
    {
        int index = SyntheticRecord.ColumnNames.ToList().IndexOf(column);

        double share = GeneratedPair.Agreement(pair.Matches, record => record.GetCell(index));

        Assert.InRange(share, expected - 0.02, expected + 0.02);
    }

    [Fact]
    public void CleanMatches_EveryField_Agrees()
    {
        Func<SyntheticRecord, string>[] columns =
        [
            record => record.FirstName, record => record.MiddleName, record => record.LastName, record => record.Suffix,
            record => record.Dob, record => record.Sex, record => record.Address, record => record.City,
            record => record.State, record => record.Zip, record => record.Ssn4, record => record.Phone,
        ];

        Assert.All(columns, column => Assert.Equal(1.0, GeneratedPair.Agreement(pair.CleanMatches, column)));
        Assert.All(pair.CleanLeft, record => Assert.Equal("", record.TruthErrors));
    }

    [Fact]
    public void TruthErrors_Dob_IsListedExactlyWhenWrong() =>
        AllCopies(
            record => record.Dob,
            (isWrong, errors) => isWrong == errors.Any(error => error.StartsWith("dob_", StringComparison.Ordinal)));

    [Fact]
    public void TruthErrors_Ssn4_IsListedExactlyWhenWrong() =>
        AllCopies(record => record.Ssn4, (isWrong, errors) => isWrong == errors.Contains("typo_ssn"));

    [Fact]
    public void TruthErrors_Sex_IsListedExactlyWhenWrong() =>
        AllCopies(record => record.Sex, (isWrong, errors) => isWrong == errors.Contains("sex"));

    [Fact]
    public void TruthErrors_Phone_IsListedExactlyWhenWrong() =>
        AllCopies(
            record => record.Phone,
            (isWrong, errors) => isWrong == (errors.Contains("old_phone") || errors.Contains("typo_phone")));

    [Fact]
    public void TruthErrors_Address_IsListedWhenWrong() =>
        AllCopies(
            record => record.Address,
            (isWrong, errors) => !isWrong || errors.Intersect(["moved", "typo_addr", "no_unit"]).Any());

    [Fact]
    public void TruthErrors_Zip_IsListedWhenWrong() =>
        AllCopies(
            record => record.Zip,
            (isWrong, errors) => !isWrong || errors.Contains("moved") || errors.Contains("typo_zip"));

    [Fact]
    public void TruthErrors_FirstName_IsListedWhenWrong() =>
        AllCopies(record => record.FirstName, (isWrong, errors) => !isWrong || errors.Intersect(FirstErrors).Any());

    [Fact]
    public void TruthErrors_LastName_IsListedWhenWrong() =>
        AllCopies(record => record.LastName, (isWrong, errors) => !isWrong || errors.Intersect(LastErrors).Any());

    [Theory]
    [InlineData("typo_first", 0.015, 0.035)]
    [InlineData("typo_last", 0.015, 0.035)]
    [InlineData("nick", 0.03, 0.055)]
    [InlineData("prevname", 0.025, 0.05)]
    [InlineData("moved", 0.06, 0.1)]
    [InlineData("typo_addr", 0.03, 0.05)]
    [InlineData("drop2", 0.018, 0.035)]
    [InlineData("spacing", 0.01, 0.03)]
    [InlineData("dob_swap", 0.001, 0.004)]
    [InlineData("dob_day", 0.002, 0.01)]
    [InlineData("dob_year", 0.005, 0.015)]
    [InlineData("swap", 0.004, 0.012)]
    [InlineData("initial", 0.002, 0.007)]
    [InlineData("alias", 0.0008, 0.004)]
    [InlineData("maternal", 0.0005, 0.003)]
    [InlineData("m_dob", 0.007, 0.014)]
    [InlineData("m_addr", 0.02, 0.04)]
    public void TruthErrors_Kind_HasItsRate(string kind, double lowest, double highest)
    {
        double rate = pair.Left.Count(record => Errors(record).Contains(kind)) / (double)GeneratedPair.People;

        Assert.InRange(rate, lowest, highest);
    }

    [Fact]
    public void TruthErrors_Slips_ComeTogether()
    {
        double first = Rate(pair.Right, "typo_first");
        double address = Rate(pair.Right, "typo_addr");

        double both = pair.Right.Count(record => Errors(record) is string[] errors
            && errors.Contains("typo_first") && errors.Contains("typo_addr")) / (double)GeneratedPair.People;

        Assert.InRange(both, 1.5 * first * address, 4 * first * address);
    }

    [Fact]
    public void ErrorScale_Doubled_DoublesTheSlips()
    {
        PeopleGenerator generator = new(GeneratedPair.Options with { ErrorScale = 2 });

        double rate = Rate([.. generator.Records(0)], "typo_last");

        Assert.InRange(rate / Rate(pair.Left, "typo_last"), 1.7, 2.3);
    }

    [Fact]
    public void Agencies_Two_DifferInStyleAndInWhatTheyLack()
    {
        Assert.DoesNotContain(pair.Right, record => record.LastName.Any(char.IsLower));
        Assert.Contains(pair.Left, record => record.LastName.Any(char.IsLower));
        Assert.All(pair.Left, record => Assert.InRange(record.MiddleName.Length, 0, 1));
        Assert.InRange(pair.Left.Count(record => record.Ssn4.Length == 0) / (double)GeneratedPair.People, 0.34, 0.42);
        Assert.InRange(pair.Right.Count(record => record.Ssn4.Length == 0) / (double)GeneratedPair.People, 0.05, 0.1);
        Assert.InRange(pair.Left.Count(record => record.Phone.Length == 0) / (double)GeneratedPair.People, 0.04, 0.06);
        Assert.InRange(pair.Right.Count(record => record.Phone.Length == 0) / (double)GeneratedPair.People, 0.27, 0.33);
    }

    [Fact]
    public void Agencies_Eight_HaveStylesOfTheirOwn()
    {
        PeopleGenerator generator = new(GeneratedPair.Options with { Agencies = 8, PeoplePerAgency = 1_000 });
        List<SyntheticRecord> education = [.. generator.Records(2)];
        List<SyntheticRecord> labor = [.. generator.Records(4)];
        List<SyntheticRecord> housing = [.. generator.Records(5)];

        Assert.Contains(education, record => record.LastName.Any(letter => letter > 127));
        Assert.Contains(education, record => record.MiddleName.Length > 1);
        Assert.DoesNotContain(labor, record => record.Address.Any(char.IsUpper));
        Assert.Contains(labor, record => record.Address.Contains(" street", StringComparison.Ordinal));
        Assert.All(housing, record => Assert.Equal("", record.MiddleName));
    }

    [Fact]
    public void Households_WithoutErrors_ShareOneAddress()
    {
        List<IGrouping<string, SyntheticRecord>> shared = [.. pair.CleanLeft
            .GroupBy(record => record.TruthHouseholdId).Where(members => members.Count() > 1)];

        Assert.InRange(shared.Count, 3_000, 9_000);
        Assert.All(shared, members => Assert.Single(members.Select(record => record.Address + record.Zip).Distinct()));
    }

    private static string[] Errors(SyntheticRecord record) => record.TruthErrors.Split(';');

    private static double Rate(IReadOnlyList<SyntheticRecord> records, string kind) =>
        records.Count(record => Errors(record).Contains(kind)) / (double)records.Count;

    // Every copy next to the same agency's copy without errors; fields missing in either are left out.
    private void AllCopies(Func<SyntheticRecord, string> column, Func<bool, string[], bool> law)
    {
        int wrong = 0;
        foreach ((SyntheticRecord copy, SyntheticRecord truth) in pair.Left.Concat(pair.Right)
            .Zip(pair.CleanLeft.Concat(pair.CleanRight)))
        {
            Assert.Equal(truth.TruthPersonId, copy.TruthPersonId);
            if (column(copy).Length > 0 && column(truth).Length > 0)
            {
                bool isWrong = !string.Equals(column(copy), column(truth), StringComparison.OrdinalIgnoreCase);
                wrong += isWrong ? 1 : 0;
                Assert.True(law(isWrong, Errors(copy)), $"Listed and found errors differ in row {copy.RecId}.");
            }
        }

        Assert.InRange(wrong, 50, GeneratedPair.People);
    }
}
