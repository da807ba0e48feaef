using Linkage.Bloom.Schemas;
using Linkage.Cli.Input;
using Linkage.Cli.Proposal;

namespace Linkage.Cli.Tests.Proposal;

public sealed class FieldChooserTests
{
    private const string Given = "Ann|Bob|Cleo|Dan";
    private const string Family = "Ash|Birch|Cedar|Elm";
    private const string Dates = "1980-01-02|1975-12-31|1990-06-07|2001-02-28";

    [Theory]
    [InlineData("sex", "1990-01-02|1991-01-02|1992-01-03|1993-01-02")]
    [InlineData("phone", "red|green|blue|black")]
    [InlineData("zip", "one|two|three|four")]
    [InlineData("surname", "1.5|2.5|3.5|4.5")]
    [InlineData("dob", "Ann|Bob|Cleo|Dan")]
    [InlineData("ssn", "none|some|any|all")]
    [InlineData("city", "1|2|3|4")]
    public void Choose_ValuesContradictTheHeader_LeavesTheColumnOut(string header, string cells)
    {
        ColumnDecision[] decisions = Choose(("first_name", Given), ("birth_date", Dates), (header, cells));

        Assert.NotNull(decisions[2].LeftOut);
    }

    [Theory]
    [InlineData("ssn", "1234|2345|3456|0456", FieldKind.Number, FieldRole.LastFour)]
    [InlineData("ssn4", "123456789|234567890|345678901|456789012", FieldKind.Identifier, FieldRole.None)]
    [InlineData("dob", "1980|1975|1990|2001", FieldKind.Number, FieldRole.None)]
    [InlineData("surname", "a@b.org|cd@e.org|e@fgh.org|g@hij.org", FieldKind.Email, FieldRole.None)]
    [InlineData("geb", "02.01.1980|31.12.1975|7 Jun 1990|28/02/2001", FieldKind.Date, FieldRole.BirthDate)]
    public void Choose_ValuesSayBetter_CorrectTheHeader(string header, string cells, FieldKind kind, FieldRole role)
    {
        ColumnDecision decision = Choose(("first_name", Given), (header, cells))[1];

        Assert.Equal(kind, decision.Field?.Kind);
        Assert.Equal(role, decision.Field?.Role);
        Assert.True(decision.ByValues);
    }

    [Theory]
    [InlineData("middle_name", "Q|R|S|T")]
    [InlineData("phone", "||||||617-555-0100")]
    [InlineData("city", "Oslo|Oslo|Oslo|OSLO")]
    [InlineData("income", "1.5|2.5|3.5|4.5")]
    [InlineData("truth_name", Given)]
    [InlineData("full_name", "Ann Ash|Bob Birch|Cleo Cedar|Dan Elm")]
    public void Choose_ColumnOfNoUse_IsLeftOut(string header, string cells)
    {
        ColumnDecision[] decisions = Choose(("first_name", Given), ("surname", Family), (header, cells));

        Assert.NotNull(decisions[0].Field);
        Assert.NotNull(decisions[1].Field);
        Assert.Null(decisions[2].Field);
        Assert.NotNull(decisions[2].LeftOut);
    }

    [Fact]
    public void Choose_NameBesideGivenName_IsTheFamilyName()
    {
        ColumnDecision[] decisions = Choose(("Name", Family), ("Vorname", Given));

        Assert.Equal(FieldRole.FamilyName, decisions[0].Field?.Role);
        Assert.Equal(FieldRole.GivenName, decisions[1].Field?.Role);
    }

    [Fact]
    public void Choose_TwoColumnsOfOneMeaning_TakesTheFuller()
    {
        ColumnDecision[] decisions = Choose(
            ("home phone", "617-555-0100|||617-555-0103"),
            ("mobile", "617-555-0110|617-555-0111|617-555-0112|"));

        Assert.Null(decisions[0].Field);
        Assert.Equal("mobile", decisions[1].Field?.Name);
    }

    [Fact]
    public void Choose_UnknownDatesBesideTheDateOfBirth_AreLeftOut()
    {
        ColumnDecision[] decisions = Choose(("when", Dates), ("dob", Dates));

        Assert.Null(decisions[0].Field);
        Assert.Equal(FieldRole.BirthDate, decisions[1].Field?.Role);
    }

    [Fact]
    public void Choose_MoreColumnsThanNeeded_KeepsSixFiltersAndEightFields()
    {
        ColumnDecision[] decisions = Choose(
            ("state", "NY|MA|CA|TX"), ("city", "Oslo|Bern|Rome|Graz"), ("email", "a@bc.org|c@de.org|e@fg.org|g@hi.org"),
            ("phone", "617-555-0100|617-555-0101|617-555-0102|617-555-0103"), ("ssn4", "1234|2345|3456|4567"),
            ("zip", "02154|75206|78222|10024"), ("address", "1 Elm St|2 Oak St|3 Ash Rd|4 Fir Ln"), ("sex", "F|M|F|M"),
            ("dob", Dates), ("last", Family), ("first", Given));

        ColumnDecision[] chosen = FieldChooser.Chosen(decisions);

        Assert.Equal(
            ["first", "last", "dob", "sex", "address", "zip", "ssn4", "phone"], chosen.Select(one => one.Field!.Name));
    }

    [Fact]
    public void Choose_NamesASchemaRefuses_AreChangedAndSaid()
    {
        ColumnDecision[] decisions = Choose(("Date of Birth", Dates), ("sex", "F|M|F|M"), ("Vor-name", Given));

        Assert.Equal("Date_of_Birth", decisions[0].Field?.Name);
        Assert.True(decisions[0].IsRenamed);
        Assert.Contains("columns file", decisions[0].Describe(), StringComparison.Ordinal);
        Assert.False(decisions[1].IsRenamed);
    }

    [Fact]
    public void Make_NameOfADerivation_IsNotTaken()
    {
        Assert.Equal("MD_", FieldNames.Make("MD", new HashSet<string>()));
        Assert.Equal("a_b_", FieldNames.Make("a b", new HashSet<string> { "a_b" }));
        Assert.Equal("field", FieldNames.Make("名前", new HashSet<string>()));
    }

    [Fact]
    public void DefaultFor_CityAndStateBesideAnAddress_AreComparedByThemselves()
    {
        ColumnDecision[] chosen = FieldChooser.Chosen(Choose(
            ("zip", "02154|75206|78222|10024"), ("address", "1 Elm St|2 Oak St|3 Ash Rd|4 Fir Ln"),
            ("suburb", "Oslo|Bern|Rome|Graz"), ("state", "NY|MA|CA|TX")));

        FieldGroup group = Assert.Single(FieldGroup.DefaultFor([.. chosen.Select(decision => decision.Field!)]));

        Assert.Equal(["address", "zip"], group.Fields);
    }

    private static ColumnDecision[] Choose(params (string Header, string Cells)[] columns)
    {
        ProposalColumn[] sources =
        [
            .. columns.Select((column, i) => new ProposalColumn(column.Header, new FieldColumns(i, -1, -1, -1), false)),
        ];
        ColumnProfile[] profiles = [.. columns.Select(_ => new ColumnProfile())];
        for (int i = 0; i < columns.Length; i++)
        {
            foreach (string cell in columns[i].Cells.Split('|'))
            {
                profiles[i].Add(cell);
            }
        }

        return FieldChooser.Choose(sources, profiles);
    }
}
