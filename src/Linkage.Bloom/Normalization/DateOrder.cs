namespace Linkage.Bloom.Normalization;

/// <summary>The order of year, month and day in a source's date column.</summary>
/// <remarks>
/// A property of one source, not of the schema. A date whose first part has four digits is read as year, month, day
/// whatever the order says. The default is <see cref="YearMonthDay"/>.
/// </remarks>
public enum DateOrder
{
    /// <summary>Year, month, day, as in ISO 8601.</summary>
    YearMonthDay = 0,

    /// <summary>Day, month, year.</summary>
    DayMonthYear,

    /// <summary>Month, day, year, as is usual in the United States.</summary>
    MonthDayYear,
}
