namespace Linkage.Core.Assignment;

/// <summary>Keeps edges in their order, each unless a limited record of it already has a partner.</summary>
/// <remarks>
/// The total is at least half of the best (D. Avis, "A survey of heuristics for the weighted matching problem",
/// Networks 13, 1983), and equals it when at most one side is limited: then every limited record simply keeps its best
/// edge, the first one on a tie.
/// </remarks>
internal static class GreedyAssignment
{
    /// <summary>Tells for every edge whether it is kept. Edges with a weight of zero or less never are.</summary>
    /// <param name="edges">Heaviest first.</param>
    /// <param name="limits">Which sides may have one partner only.</param>
    internal static bool[] Solve(ReadOnlySpan<WeightedEdge> edges, AssignmentLimits limits)
    {
        EdgeOrder.ThrowIfUnordered(edges);
        bool[] kept = new bool[edges.Length];
        ReadOnlySpan<WeightedEdge> positive = EdgeOrder.Positive(edges);
        (int left, int right) = EdgeOrder.Sides(positive);
        bool[] leftTaken = limits.LeftLimited ? new bool[left] : [];
        bool[] rightTaken = limits.RightLimited ? new bool[right] : [];
        for (int i = 0; i < positive.Length; i++)
        {
            WeightedEdge edge = positive[i];
            if ((limits.LeftLimited && leftTaken[edge.Left]) || (limits.RightLimited && rightTaken[edge.Right]))
            {
                continue;
            }

            kept[i] = true;
            if (limits.LeftLimited)
            {
                leftTaken[edge.Left] = true;
            }

            if (limits.RightLimited)
            {
                rightTaken[edge.Right] = true;
            }
        }

        return kept;
    }
}
