using Linkage.Core.Comparisons;
using Linkage.Core.Merging;

namespace Linkage.Core.Tests.Support;

/// <summary>Candidate pairs made by hand.</summary>
internal static class Met
{
    public static ComparisonVector Vector(params ReadOnlySpan<int> levels)
    {
        ComparisonVector vector = default;
        for (int i = 0; i < levels.Length; i++)
        {
            vector = vector.With(i, levels[i]);
        }

        return vector;
    }

    /// <summary>Every pair has one comparison and met in the first pass.</summary>
    public static CandidatePairs Pairs(params ReadOnlySpan<(int Left, int Right, int Level)> pairs)
    {
        var met = new List<MetPair>();
        foreach ((int left, int right, int level) in pairs)
        {
            met.Add(new MetPair(left, right, 0, Vector(level)));
        }

        return CandidatePairs.From(met);
    }

    /// <summary>
    /// As many pairs of each vector and capture history as its count says, no record in two pairs; the left records
    /// come first.
    /// </summary>
    public static CandidatePairs Counted(IReadOnlyList<(ComparisonVector Vector, int Captures, int Count)> cells)
    {
        int total = cells.Sum(cell => cell.Count);
        var met = new List<MetPair>();
        int left = 0;
        foreach ((ComparisonVector vector, int captures, int count) in cells)
        {
            for (int end = left + count; left < end; left++)
            {
                for (int pass = 0; captures >> pass != 0; pass++)
                {
                    if ((captures >> pass & 1) != 0)
                    {
                        met.Add(new MetPair(left, total + left, pass, vector));
                    }
                }
            }
        }

        return CandidatePairs.From(met);
    }
}
