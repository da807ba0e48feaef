using Linkage.Bloom.Schemas;

namespace Linkage.Core.Comparisons;

/// <summary>Finds the joint level of a group from the levels of its fields.</summary>
/// <remarks>Levels that ask for swapped values need the rows themselves: <see cref="SwapComparer"/>.</remarks>
internal sealed class GroupComparer
{
    private readonly int[] _fields;

    // Best first; null where the level asks for swapped values.
    private readonly (int Field, int Least)[]?[] _levels;

    public GroupComparer(LinkageSchema schema, FieldGroup group)
    {
        _fields = [.. group.Fields.Select(schema.IndexOfField)];
        _levels =
        [
            .. group.Levels.Select((level, i) => group.SwappedLevels.Contains(i)
                ? null
                : level.Select(part => (schema.IndexOfField(part.Key), part.Value)).ToArray()),
        ];
    }

    /// <summary>The joint level: the best that holds among the fields both records have, nothing swapped.</summary>
    /// <param name="fieldLevels">Level or missing code of every field of the schema.</param>
    /// <returns>A level, or a missing code when no field can be compared.</returns>
    public int Compare(ReadOnlySpan<int> fieldLevels)
    {
        bool comparable = false;
        bool oneMissing = false;
        foreach (int field in _fields)
        {
            comparable |= fieldLevels[field] < ComparisonVector.BothMissing;
            oneMissing |= fieldLevels[field] == ComparisonVector.OneMissing;
        }

        if (!comparable)
        {
            return oneMissing ? ComparisonVector.OneMissing : ComparisonVector.BothMissing;
        }

        for (int i = 0; i < _levels.Length; i++)
        {
            if (_levels[i] is { } level && Holds(level, fieldLevels))
            {
                return _levels.Length - i;
            }
        }

        return 0;
    }

    private static bool Holds((int Field, int Least)[] level, ReadOnlySpan<int> fieldLevels)
    {
        foreach ((int field, int least) in level)
        {
            if (fieldLevels[field] < least || fieldLevels[field] >= ComparisonVector.BothMissing)
            {
                return false;
            }
        }

        return true;
    }
}
