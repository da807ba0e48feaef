namespace Linkage.Bloom.Normalization;

/// <summary>A part of a date.</summary>
internal enum DatePart
{
    /// <summary>The year, of two or four digits.</summary>
    Year = 0,

    /// <summary>The month, a number or an English name.</summary>
    Month,

    /// <summary>The day of the month.</summary>
    Day,
}
