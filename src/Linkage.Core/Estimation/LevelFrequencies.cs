using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>How often every level occurs among all candidates.</summary>
internal static class LevelFrequencies
{
    /// <summary>Counts, with one pseudo-pair spread evenly; a missing value is not counted.</summary>
    /// <returns>Shares: [comparison][level].</returns>
    public static double[][] Count(EstimationCell[] cells, IReadOnlyList<Comparison> comparisons)
    {
        double[][] counts =
        [
            .. comparisons.Select(one => Enumerable.Repeat(1.0 / one.LevelCount, one.LevelCount).ToArray()),
        ];
        foreach (EstimationCell cell in cells)
        {
            for (int c = 0; c < counts.Length; c++)
            {
                int level = cell.Vector[c];
                if (level < ComparisonVector.BothMissing)
                {
                    counts[c][level] += cell.Count;
                }
            }
        }

        return [.. counts.Select(levels => levels.Select(count => count / levels.Sum()).ToArray())];
    }
}
