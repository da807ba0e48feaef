namespace Linkage.Cli.Input;

/// <summary>Which columns of a file hold a field, by name: one, three for a date, or none.</summary>
/// <param name="Whole">The column of the whole field; null when the field is a date in three columns or absent.</param>
/// <param name="Year">The column of the year; null with <paramref name="Whole"/>.</param>
/// <param name="Month">The column of the month; null with <paramref name="Whole"/>.</param>
/// <param name="Day">The column of the day; null with <paramref name="Whole"/>.</param>
internal sealed record FieldSource(string? Whole, string? Year, string? Month, string? Day)
{
    /// <summary>A field that the party does not hold: missing in each of its records.</summary>
    public static FieldSource Absent { get; } = new(null, null, null, null);

    /// <summary>A field in one column.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>The source.</returns>
    public static FieldSource InOneColumn(string column) => new(column, null, null, null);
}
