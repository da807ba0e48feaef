namespace Linkage.Cli.Input;

/// <summary>The order in which a column writes the parts of a date.</summary>
internal enum DateOrder
{
    /// <summary>Year, month, day: "ymd".</summary>
    YearMonthDay = 0,

    /// <summary>Day, month, year: "dmy".</summary>
    DayMonthYear,

    /// <summary>Month, day, year: "mdy".</summary>
    MonthDayYear,
}
