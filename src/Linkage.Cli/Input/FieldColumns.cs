namespace Linkage.Cli.Input;

/// <summary>Which columns of an open file hold a field, by index: one, three for a date, or none.</summary>
/// <param name="Whole">The column of the whole field; -1 when the field is a date in three columns or absent.</param>
/// <param name="Year">The column of the year; -1 unless the field is in three columns.</param>
/// <param name="Month">The column of the month; -1 unless the field is in three columns.</param>
/// <param name="Day">The column of the day; -1 unless the field is in three columns.</param>
internal readonly record struct FieldColumns(int Whole, int Year, int Month, int Day)
{
    /// <summary>A field that the party does not hold.</summary>
    public static FieldColumns Absent { get; } = new(-1, -1, -1, -1);

    /// <summary>Whether year, month and day have a column each.</summary>
    public bool IsThreeColumns => Year >= 0;

    /// <summary>Whether no column holds the field.</summary>
    public bool IsAbsent => Whole < 0 && Year < 0;
}
