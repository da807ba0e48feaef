using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;

namespace Linkage.Core.Tests.Assignment;

/// <summary>Random graphs small enough for brute force: holes, ties, parallel edges, negative weights.</summary>
internal static class SmallGraphs
{
    internal const int Side = 6;

    internal static readonly AssignmentLimits[] AllLimits =
        [new(false, false), new(true, false), new(false, true), AssignmentLimits.OneToOne];

    internal static Arbitrary<WeightedEdge[]> Any =>
        Gen.Choose(0, Side - 1)
            .SelectMany(left => Gen.Choose(0, Side - 1).SelectMany(right => Gen.Choose(-3, 9).Select(
                weight => new WeightedEdge(left, right, weight))))
            .ArrayOf()
            .Select(Sorted)
            .ToArbitrary();

    internal static WeightedEdge[] Sorted(IEnumerable<WeightedEdge> edges) =>
        [.. edges.OrderByDescending(edge => edge.Weight).ThenBy(edge => edge.Left).ThenBy(edge => edge.Right)];

    internal static double Total(WeightedEdge[] edges, bool[] kept) =>
        edges.Where((_, i) => kept[i]).Sum(edge => edge.Weight);

    internal static bool Obeys(WeightedEdge[] edges, bool[] kept, AssignmentLimits limits)
    {
        WeightedEdge[] links = [.. edges.Where((_, i) => kept[i])];
        return links.All(edge => edge.Weight > 0)
            && (!limits.LeftLimited || links.Select(edge => edge.Left).Distinct().Count() == links.Length)
            && (!limits.RightLimited || links.Select(edge => edge.Right).Distinct().Count() == links.Length);
    }

    /// <summary>The best total by trying every edge both ways; the used records are bit sets.</summary>
    internal static double BestTotal(WeightedEdge[] edges, AssignmentLimits limits)
    {
        Dictionary<(int Position, int Left, int Right), double> known = [];
        return Best(0, 0, 0);

        double Best(int position, int left, int right)
        {
            if (position == edges.Length)
            {
                return 0;
            }

            if (known.TryGetValue((position, left, right), out double best))
            {
                return best;
            }

            best = Best(position + 1, left, right);
            WeightedEdge edge = edges[position];
            int leftBit = limits.LeftLimited ? 1 << edge.Left : 0;
            int rightBit = limits.RightLimited ? 1 << edge.Right : 0;
            if ((left & leftBit) == 0 && (right & rightBit) == 0)
            {
                best = Math.Max(best, edge.Weight + Best(position + 1, left | leftBit, right | rightBit));
            }

            known.Add((position, left, right), best);
            return best;
        }
    }
}
