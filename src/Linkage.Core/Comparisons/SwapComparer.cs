using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;

namespace Linkage.Core.Comparisons;

/// <summary>Finds the best level of a group at which two fields agree crosswise, as swapped names do.</summary>
/// <remarks>Thread-safe. Needs the two fields keyed alike; which record is left does not matter.</remarks>
internal sealed class SwapComparer
{
    private readonly int _one;
    private readonly int _other;
    private readonly uint _fieldBits;
    private readonly FieldComparer _comparer;

    // Best first: the joint level, and what the better and the worse of the two ways must reach.
    private readonly (int Level, int Better, int Worse)[] _levels;

    private SwapComparer(LinkageSchema schema, FieldGroup group, int one, int other, IEnumerable<int> levels)
    {
        _one = one;
        _other = other;
        _fieldBits = (1u << one) | (1u << other);
        _comparer = new FieldComparer(schema, one);
        _levels =
        [
            .. levels.Order().Select(level =>
                (group.LevelCount - 1 - level, group.Levels[level].Values.Max(), group.Levels[level].Values.Min())),
        ];
    }

    /// <summary>The joint level of the best crosswise agreement; a pair that is there already needs none.</summary>
    public int BestLevel => _levels[0].Level;

    /// <summary>The comparers of a group, one for every two fields that some level takes for swapped.</summary>
    /// <param name="schema">A valid schema.</param>
    /// <param name="group">One of its groups.</param>
    /// <returns>None when no level asks for swapped values.</returns>
    public static SwapComparer[] Of(LinkageSchema schema, FieldGroup group) =>
    [
        .. group.SwappedLevels
            .GroupBy(level => FieldsOf(schema, group.Levels[level]))
            .Select(levels => new SwapComparer(schema, group, levels.Key.One, levels.Key.Other, levels)),
    ];

    /// <summary>Compares two rows crosswise.</summary>
    /// <param name="left">The pass of the left row.</param>
    /// <param name="leftRow">The left row.</param>
    /// <param name="right">The same pass in the file of the right row.</param>
    /// <param name="rightRow">The right row.</param>
    /// <param name="bothPresent">Fields of which both rows have a value.</param>
    /// <returns>
    /// The joint level; 0 where the two do not agree crosswise, where one of the four values is missing, and where the
    /// pass leaves one of the fields out.
    /// </returns>
    public int Compare(EncodedPass left, int leftRow, EncodedPass right, int rightRow, uint bothPresent)
    {
        if ((bothPresent & _fieldBits) != _fieldBits || !left.Travels(_one) || !left.Travels(_other))
        {
            return 0;
        }

        int there = _comparer.LevelOf(left.Field(leftRow, _one), right.Field(rightRow, _other));
        int back = _comparer.LevelOf(left.Field(leftRow, _other), right.Field(rightRow, _one));
        int better = Math.Max(there, back);
        int worse = Math.Min(there, back);
        foreach ((int level, int leastBetter, int leastWorse) in _levels)
        {
            if (better >= leastBetter && worse >= leastWorse)
            {
                return level;
            }
        }

        return 0;
    }

    private static (int One, int Other) FieldsOf(LinkageSchema schema, IReadOnlyDictionary<string, int> level)
    {
        int[] fields = [.. level.Keys.Select(schema.IndexOfField).Order()];
        return (fields[0], fields[1]);
    }
}
