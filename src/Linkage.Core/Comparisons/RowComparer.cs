using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;

namespace Linkage.Core.Comparisons;

/// <summary>
/// Answers all comparisons of a schema for two rows of one pass. Sees no other pass and no merge section.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RowComparer
{
    private readonly FieldComparer[] _fields;
    private readonly (int Field, GroupComparer? Group, SwapComparer[] Swaps)[] _comparisons;

    public RowComparer(LinkageSchema schema)
    {
        _fields = [.. Enumerable.Range(0, schema.Fields.Count).Select(field => new FieldComparer(schema, field))];
        _comparisons =
        [
            .. Comparison.FromSchema(schema).Select(comparison =>
            {
                int field = schema.IndexOfField(comparison.Name);
                FieldGroup? group = schema.Groups.FirstOrDefault(candidate => candidate.Name == comparison.Name);
                return group is null
                    ? (field, null, Array.Empty<SwapComparer>())
                    : (-1, new GroupComparer(schema, group), SwapComparer.Of(schema, group));
            }),
        ];
    }

    public ComparisonVector Compare(EncodedPass left, int leftRow, EncodedPass right, int rightRow)
    {
        uint leftPresence = left.Presence(leftRow);
        uint rightPresence = right.Presence(rightRow);
        uint both = leftPresence & rightPresence;
        uint one = leftPresence ^ rightPresence;
        Span<int> levels = stackalloc int[_fields.Length];
        for (int field = 0; field < levels.Length; field++)
        {
            levels[field] = _fields[field].Compare(left, leftRow, right, rightRow, both, one);
        }

        ulong code = 0;
        for (int i = 0; i < _comparisons.Length; i++)
        {
            (int field, GroupComparer? group, SwapComparer[] swaps) = _comparisons[i];
            int level = group is null ? levels[field] : group.Compare(levels);
            foreach (SwapComparer swap in swaps)
            {
                // A missing code is over every level: with nothing to compare straight, a value is missing crosswise.
                level = level < swap.BestLevel
                    ? Math.Max(level, swap.Compare(left, leftRow, right, rightRow, both))
                    : level;
            }

            code |= (ulong)level << (4 * i);
        }

        return new ComparisonVector(code);
    }
}
