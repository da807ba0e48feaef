namespace Linkage.Core.Assignment;

/// <summary>What every list of edges must obey, and the figures that follow from it.</summary>
internal static class EdgeOrder
{
    /// <summary>Refuses a list that is not heaviest first or has a negative record number or unusable weight.</summary>
    /// <exception cref="ArgumentException">The message names the row, never a value.</exception>
    internal static void ThrowIfUnordered(ReadOnlySpan<WeightedEdge> edges)
    {
        double previous = double.MaxValue;
        for (int i = 0; i < edges.Length; i++)
        {
            WeightedEdge edge = edges[i];

            // The negated comparison also catches NaN, and MaxValue as the start catches positive infinity.
            if (!(edge.Weight <= previous) || edge.Left < 0 || edge.Right < 0)
            {
                throw new ArgumentException(
                    $"Edge {i} is out of order, or has a negative record number or a weight that is no number.",
                    nameof(edges));
            }

            previous = edge.Weight;
        }
    }

    /// <summary>The edges that speak for a link; since the heaviest come first, the head of the list.</summary>
    internal static ReadOnlySpan<WeightedEdge> Positive(ReadOnlySpan<WeightedEdge> edges)
    {
        int low = 0;
        int high = edges.Length;
        while (low < high)
        {
            int middle = low + ((high - low) >> 1);
            if (edges[middle].Weight > 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return edges[..low];
    }

    /// <summary>How many left and right records the edges speak of: the largest numbers plus one.</summary>
    internal static (int Left, int Right) Sides(ReadOnlySpan<WeightedEdge> edges)
    {
        int left = -1;
        int right = -1;
        foreach (WeightedEdge edge in edges)
        {
            left = Math.Max(left, edge.Left);
            right = Math.Max(right, edge.Right);
        }

        return (checked(left + 1), checked(right + 1));
    }
}
