using System.Globalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Cli.Proposal;

/// <summary>What was decided for a column, and why.</summary>
/// <param name="Column">The column.</param>
/// <param name="Meaning">What it is about.</param>
/// <param name="ByValues">True when its cells said so, against its header or without its help.</param>
/// <param name="Field">The field it becomes; null when it does not, or not yet.</param>
/// <param name="LeftOut">Why it is left out, in one plain phrase without any cell's value; null when it is not.</param>
internal sealed record ColumnDecision(
    ProposalColumn Column, ColumnMeaning Meaning, bool ByValues, FieldSchema? Field, string? LeftOut)
{
    /// <summary>Whether the column still waits for its decision.</summary>
    public bool IsOpen => Field is null && LeftOut is null;

    /// <summary>Whether a columns file is needed to find the field's column.</summary>
    public bool IsRenamed => Field is not null && !Column.IsMapped && Field.Name != Column.Name;

    /// <summary>The decision as one line.</summary>
    /// <returns>The line, without any cell's value.</returns>
    public string Describe()
    {
        string column = Column.Name.Length > 0
            ? $"column '{Column.Name}'"
            : string.Create(CultureInfo.InvariantCulture, $"column {Column.Source.Whole + 1}");
        if (Field is null)
        {
            return $"{column}: left out, {LeftOut}";
        }

        string how = ByValues ? ", by its values" : "";
        string renamed = IsRenamed ? $"; as field '{Field.Name}', so a columns file must map it" : "";
        return $"{column}: {ValueCheck.Describe(Meaning)}{how}{renamed}";
    }
}
