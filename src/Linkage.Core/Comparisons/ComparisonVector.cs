namespace Linkage.Core.Comparisons;

/// <summary>The answers of all comparisons for one pair: a level each, or why there is none.</summary>
/// <remarks>Four bits a comparison, so a vector is one number and a pattern is found by it.</remarks>
public readonly record struct ComparisonVector
{
    /// <summary>Neither record has a value.</summary>
    internal const int BothMissing = 14;

    /// <summary>One record of the pair has no value.</summary>
    internal const int OneMissing = 15;

    /// <summary>Most comparisons a vector holds.</summary>
    internal const int MaxComparisons = 16;

    internal ComparisonVector(ulong code) => Code = code;

    internal ulong Code { get; }

    /// <summary>The level of a comparison, or <see cref="BothMissing"/> or <see cref="OneMissing"/>.</summary>
    /// <param name="comparison">Index of the comparison, in schema order.</param>
    /// <returns>0 to 9, 14 or 15.</returns>
    public int this[int comparison] => (int)(Code >> (4 * comparison)) & 15;

    internal ComparisonVector With(int comparison, int level) =>
        new((Code & ~(15UL << (4 * comparison))) | ((ulong)level << (4 * comparison)));

    /// <summary>Reads what <see cref="ToPattern"/> writes.</summary>
    /// <param name="pattern">A character a comparison, 1 to 16: a digit, <c>-</c> or <c>?</c>.</param>
    /// <returns>The vector.</returns>
    /// <exception cref="FormatException">Another length or another character; the text is not quoted.</exception>
    public static ComparisonVector FromPattern(ReadOnlySpan<char> pattern)
    {
        if (pattern.Length is 0 or > MaxComparisons)
        {
            throw new FormatException($"A pattern has 1 to {MaxComparisons} characters.");
        }

        ComparisonVector vector = default;
        for (int i = 0; i < pattern.Length; i++)
        {
            int level = pattern[i] switch
            {
                >= '0' and <= '9' => pattern[i] - '0',
                '-' => BothMissing,
                '?' => OneMissing,
                _ => throw new FormatException("A pattern holds digits, - and ? only."),
            };
            vector = vector.With(i, level);
        }

        return vector;
    }

    /// <summary>One character a comparison: its level, <c>-</c> both missing, <c>?</c> one missing.</summary>
    /// <param name="count">Number of comparisons.</param>
    /// <returns>The pattern as text.</returns>
    public string ToPattern(int count)
    {
        ComparisonVector vector = this;
        return string.Create(count, vector, static (text, vector) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = vector[i] switch
                {
                    BothMissing => '-',
                    OneMissing => '?',
                    int level => (char)('0' + level),
                };
            }
        });
    }
}
