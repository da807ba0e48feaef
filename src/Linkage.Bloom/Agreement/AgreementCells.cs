namespace Linkage.Bloom.Agreement;

/// <summary>Turns measured numbers of pairs into what is told of them.</summary>
/// <remarks>
/// If every other level and the number of pairs were told, a level that is not could be had by subtraction. So the
/// largest of the levels that are measured on the sample is not told as measured, but as what is left when every number
/// that is not told is taken as five.
/// </remarks>
internal static class AgreementCells
{
    /// <summary>Makes the cells of a comparison.</summary>
    /// <param name="expected">Pairs of the sample at each level, worst first.</param>
    /// <param name="sampled">Pairs of the sample.</param>
    /// <param name="best">The exact cell of the best level; null when it is measured like the others.</param>
    /// <returns>One cell a level.</returns>
    public static AgreementCell[] Tell(ReadOnlySpan<double> expected, long sampled, AgreementCell? best)
    {
        var cells = new AgreementCell[expected.Length];
        int measured = best is null ? expected.Length : expected.Length - 1;
        int largest = 0;
        for (int level = 0; level < measured; level++)
        {
            cells[level] = Cell(Round(expected[level]), sampled);
            largest = expected[level] > expected[largest] ? level : largest;
        }

        long left = sampled;
        if (best is { } exact)
        {
            cells[^1] = exact;
            left -= Round(exact.Share * sampled);
        }

        for (int level = 0; level < measured; level++)
        {
            left -= level == largest ? 0 : cells[level].Count ?? AgreementCell.SmallCount;
        }

        cells[largest] = Cell(left, sampled);
        return cells;
    }

    public static AgreementCell Cell(long count, long pairs) =>
        new(count >= AgreementCell.LeastCount ? count : null, pairs);

    private static long Round(double count) => (long)Math.Round(count);
}
