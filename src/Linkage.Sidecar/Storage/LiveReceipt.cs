using System.Globalization;

namespace Linkage.Sidecar.Storage;

/// <summary>What was stored of a change.</summary>
/// <param name="FirstSequence">Number of the first change of link ids that came of it; 0 if none did.</param>
/// <param name="LastSequence">Number of the last one.</param>
/// <param name="DroppedRows">Rows that are in no block any more because of it.</param>
/// <param name="AddedId">Number of the file of records that came; 0 if none came.</param>
internal readonly record struct LiveReceipt(long FirstSequence, long LastSequence, long DroppedRows, long AddedId)
{
    private const int Numbers = 4;

    /// <summary>As it is kept for a repeated request.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{FirstSequence} {LastSequence} {DroppedRows} {AddedId}");

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">It is another text.</exception>
    public static LiveReceipt Parse(string text)
    {
        long[] numbers = [.. text.Split(' ').Select(digits => long.Parse(digits, CultureInfo.InvariantCulture))];
        return numbers.Length == Numbers
            ? new LiveReceipt(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new FormatException("A stored answer is none of a change.");
    }
}
