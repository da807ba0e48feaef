namespace Linkage.Bloom.Schemas;

/// <summary>How a normalized value is cut into tokens.</summary>
public enum TokenKind
{
    /// <summary>Overlapping pieces of q characters, padded at both ends.</summary>
    QGram = 0,

    /// <summary>Each character with its position.</summary>
    Positional,

    /// <summary>Digits of year, month and day with their places; the century gives none.</summary>
    DateParts,

    /// <summary>The whole value as one token; the field travels as an equality tag.</summary>
    Exact,
}
