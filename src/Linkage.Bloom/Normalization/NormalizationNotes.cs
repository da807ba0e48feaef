namespace Linkage.Bloom.Normalization;

/// <summary>What normalization had to do to a cell beyond the ordinary; counted for the data steward.</summary>
[Flags]
internal enum NormalizationNotes
{
    /// <summary>Nothing to report.</summary>
    None = 0,

    /// <summary>The cell was longer than <see cref="FieldNormalizer.MaxLength"/>; the rest was left out.</summary>
    Cut = 1,

    /// <summary>The cell holds no calendar date, or one that does not exist.</summary>
    InvalidDate = 2,
}
