namespace Linkage.Core.Tests.Reference;

/// <summary>How alike two names are: the string comparator that tools for plaintext use.</summary>
/// <remarks>
/// Jaro: Advances in record-linkage methodology as applied to matching the 1985 census of Tampa, Florida, Journal of
/// the American Statistical Association 84 (1989), 414–420. Winkler: String comparator metrics and enhanced decision
/// rules in the Fellegi–Sunter model of record linkage, Proceedings of the Section on Survey Research Methods (1990).
/// </remarks>
internal static class JaroWinkler
{
    private const int LongestPrefix = 4;
    private const double PrefixWeight = 0.1;

    // Winkler adds for the prefix only where the names are alike at all.
    private const double LeastToRaise = 0.7;

    /// <summary>0 for nothing in common to 1 for equal.</summary>
    public static double Similarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        double jaro = Jaro(left, right);
        int prefix = Math.Min(LongestPrefix, left.CommonPrefixLength(right));
        return jaro <= LeastToRaise ? jaro : jaro + (prefix * PrefixWeight * (1 - jaro));
    }

    private static double Jaro(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return left.IsEmpty && right.IsEmpty ? 1 : 0;
        }

        Span<bool> usedLeft = stackalloc bool[left.Length];
        Span<bool> usedRight = stackalloc bool[right.Length];
        int common = MarkCommon(left, right, usedLeft, usedRight);
        if (common == 0)
        {
            return 0;
        }

        int transposed = CountOutOfOrder(left, right, usedLeft, usedRight) / 2;
        double inOrder = (double)(common - transposed) / common;
        return (((double)common / left.Length) + ((double)common / right.Length) + inOrder) / 3;
    }

    /// <summary>Pairs off equal characters that stand no farther apart than half the longer name.</summary>
    private static int MarkCommon(
        ReadOnlySpan<char> left, ReadOnlySpan<char> right, Span<bool> usedLeft, Span<bool> usedRight)
    {
        usedLeft.Clear();
        usedRight.Clear();
        int reach = Math.Max(0, (Math.Max(left.Length, right.Length) / 2) - 1);
        int common = 0;
        for (int i = 0; i < left.Length; i++)
        {
            int end = Math.Min(right.Length, i + reach + 1);
            for (int j = Math.Max(0, i - reach); j < end && !usedLeft[i]; j++)
            {
                if (!usedRight[j] && left[i] == right[j])
                {
                    usedLeft[i] = usedRight[j] = true;
                    common++;
                }
            }
        }

        return common;
    }

    private static int CountOutOfOrder(
        ReadOnlySpan<char> left, ReadOnlySpan<char> right, ReadOnlySpan<bool> usedLeft, ReadOnlySpan<bool> usedRight)
    {
        int count = 0;
        int j = 0;
        for (int i = 0; i < left.Length; i++)
        {
            if (usedLeft[i])
            {
                j += usedRight[j..].IndexOf(true);
                count += left[i] != right[j] ? 1 : 0;
                j++;
            }
        }

        return count;
    }
}
