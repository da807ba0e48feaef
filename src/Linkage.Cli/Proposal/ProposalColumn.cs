using Linkage.Cli.Input;

namespace Linkage.Cli.Proposal;

/// <summary>A column that may become a field: one of the file, or what a columns file maps to a field.</summary>
/// <param name="Name">The column's name, or the field's where a columns file gives one.</param>
/// <param name="Source">Where its cells are.</param>
/// <param name="IsMapped">True when a columns file names the field.</param>
internal sealed record ProposalColumn(string Name, FieldColumns Source, bool IsMapped)
{
    /// <summary>The column's cell in the reader's current row; three columns are joined to one date.</summary>
    /// <param name="reader">Stands on a row.</param>
    /// <returns>The cell; empty when a part of a date is missing.</returns>
    public string Read(CsvRecordReader reader)
    {
        if (!Source.IsThreeColumns)
        {
            return reader.GetString(Source.Whole);
        }

        string[] parts =
        [
            .. new[] { Source.Year, Source.Month, Source.Day }.Select(column => reader.GetString(column).Trim()),
        ];
        return parts.Any(string.IsNullOrEmpty) ? "" : string.Join('-', parts);
    }
}
