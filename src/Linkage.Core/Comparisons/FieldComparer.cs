using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;
using Linkage.Bloom.Storage;

namespace Linkage.Core.Comparisons;

/// <summary>Finds the level of one field for two rows of a pass.</summary>
internal sealed class FieldComparer
{
    private readonly int _field;
    private readonly bool _isTag;
    private readonly int[] _greatestDistances;

    public FieldComparer(LinkageSchema schema, int field)
    {
        _field = field;
        FieldSchema definition = schema.Fields[field];
        _isTag = definition.IsTag;
        TopLevel = definition.LevelCount - 1;
        int diffusion = schema.Profile == ProtectionProfile.Research ? 1 : SchemaLimits.DiffusionCount;
        _greatestDistances =
        [
            .. definition.Cuts.Select(cut => CorrectedSimilarity.GreatestDistance(cut, diffusion)),
        ];
    }

    /// <summary>The level of equality.</summary>
    public int TopLevel { get; }

    /// <summary>Compares two rows.</summary>
    /// <returns>A level, or a code of <see cref="ComparisonVector"/> for missing values.</returns>
    public int Compare(
        EncodedPass left, int leftRow, EncodedPass right, int rightRow, uint bothPresent, uint onePresent)
    {
        if (!left.Travels(_field))
        {
            return TopLevel;
        }

        if ((bothPresent >> _field & 1) == 0)
        {
            return (onePresent >> _field & 1) == 0 ? ComparisonVector.BothMissing : ComparisonVector.OneMissing;
        }

        return LevelOf(left.Field(leftRow, _field), right.Field(rightRow, _field));
    }

    /// <summary>The level of two protected values, of this field or of one keyed and cut alike.</summary>
    public int LevelOf(ReadOnlySpan<byte> leftCell, ReadOnlySpan<byte> rightCell) => _isTag
        ? (leftCell.SequenceEqual(rightCell) ? TopLevel : 0)
        : LevelOf(BitDistance.Hamming(leftCell, rightCell));

    /// <summary>The level of two filters that differ in so many bits.</summary>
    public int LevelOf(int distance)
    {
        if (distance == 0)
        {
            return TopLevel;
        }

        for (int i = 0; i < _greatestDistances.Length; i++)
        {
            if (distance <= _greatestDistances[i])
            {
                return TopLevel - 1 - i;
            }
        }

        return 0;
    }
}
