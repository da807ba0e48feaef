using Linkage.Core.Comparisons;

namespace Linkage.Core.Merging;

/// <summary>Two records that met in a pass. Ordered by records, then pass.</summary>
internal readonly record struct MetPair(int Left, int Right, int Pass, ComparisonVector Vector) : IComparable<MetPair>
{
    public int CompareTo(MetPair other)
    {
        int byLeft = Left.CompareTo(other.Left);
        if (byLeft != 0)
        {
            return byLeft;
        }

        int byRight = Right.CompareTo(other.Right);
        return byRight != 0 ? byRight : Pass.CompareTo(other.Pass);
    }
}
