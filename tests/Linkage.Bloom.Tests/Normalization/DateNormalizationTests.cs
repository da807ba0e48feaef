using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using static Linkage.Bloom.Tests.Normalization.Cells;

namespace Linkage.Bloom.Tests.Normalization;

public class DateNormalizationTests
{
    [Theory]
    [InlineData(DateOrder.YearMonthDay, "1990-02-03", "19900203")]
    [InlineData(DateOrder.YearMonthDay, "1990/2/3", "19900203")]
    [InlineData(DateOrder.YearMonthDay, "1990.02.03", "19900203")]
    [InlineData(DateOrder.YearMonthDay, "1990 02 03", "19900203")]
    [InlineData(DateOrder.YearMonthDay, "19900203", "19900203")]
    [InlineData(DateOrder.YearMonthDay, "1990-02-03T00:00:00", "19900203")]
    [InlineData(DateOrder.YearMonthDay, "1990-02-03 00:00", "19900203")]
    [InlineData(DateOrder.YearMonthDay, "19900203T000000Z", "19900203")]
    [InlineData(DateOrder.YearMonthDay, "90-02-03", "??900203")]
    [InlineData(DateOrder.YearMonthDay, "1990-FEB-03", "19900203")]
    [InlineData(DateOrder.YearMonthDay, "2000-02-29", "20000229")]
    [InlineData(DateOrder.DayMonthYear, "03/02/1990", "19900203")]
    [InlineData(DateOrder.DayMonthYear, "3.2.90", "??900203")]
    [InlineData(DateOrder.DayMonthYear, "03021990", "19900203")]
    [InlineData(DateOrder.DayMonthYear, "1990-02-03", "19900203")]
    [InlineData(DateOrder.DayMonthYear, "19900203", "19900203")]
    [InlineData(DateOrder.DayMonthYear, "19120304", "19120304")]
    [InlineData(DateOrder.DayMonthYear, "3rd of February, 1990", "19900203")]
    [InlineData(DateOrder.DayMonthYear, "03-feb-90", "??900203")]
    [InlineData(DateOrder.DayMonthYear, "Sat 3 Feb 1990 12:00:00 AM", "19900203")]
    [InlineData(DateOrder.DayMonthYear, "29/02/00", "??000229")]
    [InlineData(DateOrder.MonthDayYear, "02/03/1990", "19900203")]
    [InlineData(DateOrder.MonthDayYear, "02031990", "19900203")]
    [InlineData(DateOrder.MonthDayYear, "January 3, 1990", "19900103")]
    [InlineData(DateOrder.MonthDayYear, "Sept 3 1990", "19900903")]
    public void Normalize_Date_FindsItsPlaces(DateOrder order, string raw, string expected)
    {
        Assert.Equal(expected, Normalizer(FieldKind.Date, order).Normal(raw, out NormalizationNotes notes));
        Assert.Equal(NormalizationNotes.None, notes);
    }

    [Theory]
    [InlineData(DateOrder.YearMonthDay, "1990-13-03", "19901303")]
    [InlineData(DateOrder.YearMonthDay, "1990-02-31", "19900231")]
    [InlineData(DateOrder.YearMonthDay, "1900-02-29", "19000229")]
    [InlineData(DateOrder.YearMonthDay, "1990-00-03", "19900003")]
    [InlineData(DateOrder.YearMonthDay, "19900200", "19900200")]
    [InlineData(DateOrder.YearMonthDay, "0000-02-03", "00000203")]
    [InlineData(DateOrder.DayMonthYear, "31/04/1990", "19900431")]
    [InlineData(DateOrder.DayMonthYear, "29/02/90", "??900229")]
    [InlineData(DateOrder.DayMonthYear, "45671990", "19906745")]
    [InlineData(DateOrder.YearMonthDay, "1990", "1990")]
    [InlineData(DateOrder.YearMonthDay, "1990-02", "199002")]
    [InlineData(DateOrder.YearMonthDay, "199-02-03", "1990203")]
    [InlineData(DateOrder.YearMonthDay, "1990-02-03 or 4", "199002034")]
    [InlineData(DateOrder.YearMonthDay, "l9900203", "9900203")]
    [InlineData(DateOrder.YearMonthDay, "sometime", "")]
    public void Normalize_DateThatIsNone_IsNoted(DateOrder order, string raw, string expected)
    {
        Assert.Equal(expected, Normalizer(FieldKind.Date, order).Normal(raw, out NormalizationNotes notes));
        Assert.Equal(NormalizationNotes.InvalidDate, notes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-")]
    [InlineData("unknown")]
    [InlineData("NULL")]
    [InlineData("00000000")]
    [InlineData("0000-00-00")]
    [InlineData("00/00/00")]
    [InlineData("9999-12-31")]
    public void Normalize_MissingDate_IsNotNoted(string raw)
    {
        foreach (DateOrder order in Enum.GetValues<DateOrder>())
        {
            Assert.Equal("", Normalizer(FieldKind.Date, order).Normal(raw, out NormalizationNotes notes));
            Assert.Equal(NormalizationNotes.None, notes);
        }
    }
}
