using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using static Linkage.Bloom.Tests.Normalization.Cells;

namespace Linkage.Bloom.Tests.Normalization;

public class FieldNormalizerTests
{
    [Theory]
    [InlineData("  mary-ann ", "MARY ANN")]
    [InlineData("O'Brien", "OBRIEN")]
    [InlineData("O’Brien", "OBRIEN")]
    [InlineData("J.R. Smith, Jr.", "JR SMITH JR")]
    [InlineData("Col·lell", "COLLELL")]
    [InlineData("José\tÁngel", "JOSE ANGEL")]
    [InlineData("小林", "小林")]
    [InlineData("null", "NULL")]
    [InlineData("NA", "NA")]
    [InlineData("None", "NONE")]
    [InlineData("X", "X")]
    [InlineData("xx", "")]
    [InlineData("n/a", "")]
    [InlineData("unknown", "")]
    [InlineData("Not Stated", "")]
    [InlineData("-", "")]
    [InlineData("???", "")]
    [InlineData("", "")]
    public void Normalize_Name_GivesWords(string raw, string expected) => AssertNormal(FieldKind.Name, raw, expected);

    [Theory]
    [InlineData("St.Kilda (East)", "ST KILDA EAST")]
    [InlineData("King's  Cross", "KINGS CROSS")]
    [InlineData("none", "")]
    [InlineData("Not Applicable", "")]
    public void Normalize_Text_GivesWords(string raw, string expected) => AssertNormal(FieldKind.Text, raw, expected);

    [Theory]
    [InlineData("12 North Main Street", "12 N MAIN ST")]
    [InlineData("4708 19th Ln.", "4708 19TH LN")]
    [InlineData("5 Jackie Howe Crescent", "5 JACKIE HOWE CRES")]
    [InlineData("5/12 Smith Terrace", "5 12 SMITH TER")]
    [InlineData("1 Oak Boulevard, Apartment 3", "1 OAK BLVD APT 3")]
    [InlineData("1 Oak Blvd #3", "1 OAK BLVD APT 3")]
    [InlineData("1 Oak Blvd Apt #3", "1 OAK BLVD APT 3")]
    [InlineData("1 Oak Blvd Unit # 3", "1 OAK BLVD UNIT 3")]
    [InlineData("3 Forest Lake Drive", "3 FOREST LAKE DR")]
    [InlineData("n/a", "")]
    [InlineData("#", "APT")]
    public void Normalize_Address_GivesShortWords(string raw, string expected) =>
        AssertNormal(FieldKind.Address, raw, expected);

    [Theory]
    [InlineData(" First.Last+tag@Example-Site.org ", "FIRST.LAST+TAG@EXAMPLE-SITE.ORG")]
    [InlineData("<a_b@c.de>", "A_B@C.DE")]
    [InlineData("not known", "")]
    public void Normalize_Email_KeepsItsCharacters(string raw, string expected) =>
        AssertNormal(FieldKind.Email, raw, expected);

    [Theory]
    [InlineData("(918) 981-6570", "9189816570")]
    [InlineData("+1 918 981 6570", "9189816570")]
    [InlineData("02 2656 2664", "0226562664")]
    [InlineData("+61 2 2656 2664", "1226562664")]
    [InlineData("918-981-6570 ext 12", "9189816570")]
    [InlineData("981-6570", "9816570")]
    [InlineData("999-999-9999", "")]
    [InlineData("0", "")]
    [InlineData("none", "")]
    public void Normalize_Phone_KeepsLastTenDigits(string raw, string expected) =>
        AssertNormal(FieldKind.Phone, raw, expected);

    [Theory]
    [InlineData("19803", "19803")]
    [InlineData("19803-1234", "19803")]
    [InlineData("198031234", "19803")]
    [InlineData("sw1a 1aa", "SW1A1AA")]
    [InlineData("3044", "3044")]
    [InlineData("00000", "")]
    [InlineData("99999", "")]
    public void Normalize_Postcode_HasNoSpaces(string raw, string expected) =>
        AssertNormal(FieldKind.Postcode, raw, expected);

    [Theory]
    [InlineData("007", "7")]
    [InlineData("000", "0")]
    [InlineData("00a-12", "A12")]
    [InlineData("NULL", "")]
    public void Normalize_Number_DropsLeadingZeros(string raw, string expected) =>
        AssertNormal(FieldKind.Number, raw, expected);

    [Theory]
    [InlineData("220", "0220")]
    [InlineData("0220", "0220")]
    [InlineData("123-45-6789", "6789")]
    [InlineData("XXX-XX-6789", "6789")]
    [InlineData("0000", "")]
    [InlineData("0", "")]
    [InlineData("XXXX", "")]
    public void Normalize_LastFour_KeepsFourDigits(string raw, string expected)
    {
        Assert.Equal(expected, Normalizer(FieldKind.Number, role: FieldRole.LastFour).Normal(raw));
        Assert.Equal(expected, Normalizer(FieldKind.Identifier, role: FieldRole.LastFour).Normal(raw));
    }

    [Theory]
    [InlineData("ab-00 12c", "AB0012C")]
    [InlineData("000-00-0000", "")]
    public void Normalize_Identifier_KeepsLettersAndDigits(string raw, string expected) =>
        AssertNormal(FieldKind.Identifier, raw, expected);

    [Theory]
    [InlineData("male", "M")]
    [InlineData("Man", "M")]
    [InlineData("boy", "M")]
    [InlineData("1", "M")]
    [InlineData("F", "F")]
    [InlineData("femals", "F")]
    [InlineData("woman", "F")]
    [InlineData("Girl", "F")]
    [InlineData("2", "F")]
    [InlineData("x", "X")]
    [InlineData("non-binary", "X")]
    [InlineData("U", "")]
    [InlineData("unknown", "")]
    [InlineData("missing", "")]
    [InlineData("0", "")]
    [InlineData("9", "")]
    [InlineData("?", "")]
    public void Normalize_Sex_GivesOneLetter(string raw, string expected) => AssertNormal(FieldKind.Sex, raw, expected);

    [Fact]
    public void Normalize_SchemaWords_AreComparedAsNormalForms()
    {
        FieldNormalizer names = new(FieldKind.Name, FieldRole.GivenName, DateOrder.YearMonthDay, ["Bébé-Fille"]);
        Assert.Equal("", names.Normal("BEBE FILLE"));
        Assert.Equal("BEBE", names.Normal("BEBE"));
        FieldNormalizer dates = new(FieldKind.Date, FieldRole.BirthDate, DateOrder.DayMonthYear, ["1/1/1900", "Later"]);
        Assert.Equal("", dates.Normal("1900-01-01", out NormalizationNotes notes));
        Assert.Equal(NormalizationNotes.None, notes);
        Assert.Equal("", dates.Normal("later", out notes));
        Assert.Equal(NormalizationNotes.None, notes);
    }

    [Fact]
    public void Normalize_LongCell_IsCutAndNoted()
    {
        FieldNormalizer normalizer = Normalizer(FieldKind.Name);
        Assert.Equal(new string('A', 256), normalizer.Normal(new string('a', 256), out NormalizationNotes notes));
        Assert.Equal(NormalizationNotes.None, notes);
        Assert.Equal(new string('A', 256), normalizer.Normal(new string('a', 257), out notes));
        Assert.Equal(NormalizationNotes.Cut, notes);
        Assert.Equal(255, normalizer.Normal(new string('a', 255) + "\uD840\uDC00", out notes).Length);
        Assert.Equal(NormalizationNotes.Cut, notes);
        Assert.Equal(new string('S', 256), normalizer.Normal(new string('ß', 129), out notes));
        Assert.Equal(NormalizationNotes.Cut, notes);
    }

    [Fact]
    public void Normalize_AddressThatGrows_KeepsWholeWords()
    {
        string raw = string.Concat(Enumerable.Repeat("#A", 60));
        string normal = Normalizer(FieldKind.Address).Normal(raw, out NormalizationNotes notes);
        Assert.Equal(NormalizationNotes.Cut, notes);
        Assert.InRange(normal.Length, 250, 256);
        Assert.All(normal.Split(' '), word => Assert.True(word is "APT" or "A"));
    }

    [Fact]
    public void AddressWords_EveryShortForm_StandsForItself()
    {
        foreach (string spelling in AddressWords.Spellings)
        {
            Assert.True(AddressWords.TryFind(spelling, out AddressWord entry));
            Assert.True(AddressWords.TryFind(entry.Canonical, out AddressWord again));
            Assert.Equal(entry, again);
        }
    }

    [Fact]
    public void Normalize_ShortDestination_IsRefused()
    {
        FieldNormalizer normalizer = Normalizer(FieldKind.Name);
        Assert.Throws<ArgumentOutOfRangeException>(() => normalizer.Normalize("A", new char[255], out _));
    }

    [Fact]
    public void Constructor_UndefinedKindOrOrder_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new FieldNormalizer((FieldKind)99, FieldRole.None, DateOrder.YearMonthDay, []));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new FieldNormalizer(FieldKind.Date, FieldRole.None, (DateOrder)99, []));
    }

    private static void AssertNormal(FieldKind kind, string raw, string expected) =>
        Assert.Equal(expected, Normal(kind, raw));
}
