using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>The one order in which pairs are looked at: heaviest first, then by records.</summary>
internal static class LinkOrder
{
    /// <summary>Orders the wanted pairs.</summary>
    /// <returns>Indexes of candidate pairs.</returns>
    public static int[] Heaviest(CandidatePairs candidates, PatternScores scores, Func<int, bool> wanted)
    {
        // Candidates are sorted by records already, so the index breaks ties.
        int[] order = [.. Enumerable.Range(0, candidates.Count).Where(wanted)];
        Array.Sort(order, (a, b) =>
        {
            int byWeight = scores.Weights[candidates.Pattern[b]].CompareTo(scores.Weights[candidates.Pattern[a]]);
            return byWeight != 0 ? byWeight : a.CompareTo(b);
        });
        return order;
    }
}
