namespace Linkage.Core.Tests.Reference;

/// <summary>
/// The fewest insertions, deletions, replacements and swaps of neighbours that turn one text into another.
/// </summary>
/// <remarks>
/// Lowrance and Wagner: An extension of the string-to-string correction problem, Journal of the ACM 22 (1975), 177–183,
/// with every cost 1. Swapped neighbours may be edited further, so the distance is a metric.
/// </remarks>
internal static class DamerauLevenshtein
{
    public static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int[,] least = new int[left.Length + 1, right.Length + 1];

        // For every character of the right text the last row above in which the left text has it, from 1; 0 for none.
        Span<int> lastRow = stackalloc int[right.Length];
        lastRow.Clear();
        for (int j = 0; j <= right.Length; j++)
        {
            least[0, j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            least[i, 0] = i;
            int lastColumn = 0;
            for (int j = 1; j <= right.Length; j++)
            {
                bool isSame = left[i - 1] == right[j - 1];
                int edited = Math.Min(least[i - 1, j], least[i, j - 1]) + 1;
                int replaced = least[i - 1, j - 1] + (isSame ? 0 : 1);
                least[i, j] = Math.Min(edited, replaced);
                if (lastRow[j - 1] is int k and > 0 && lastColumn > 0)
                {
                    int swapped = least[k - 1, lastColumn - 1] + (i - k - 1) + 1 + (j - lastColumn - 1);
                    least[i, j] = Math.Min(least[i, j], swapped);
                }

                lastColumn = isSame ? j : lastColumn;
            }

            for (int j = 0; j < right.Length; j++)
            {
                lastRow[j] = left[i - 1] == right[j] ? i : lastRow[j];
            }
        }

        return least[left.Length, right.Length];
    }
}
