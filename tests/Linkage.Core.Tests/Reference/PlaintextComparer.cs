using Linkage.Bloom.Schemas;
using Linkage.Core.Comparisons;

namespace Linkage.Core.Tests.Reference;

/// <summary>Answers all comparisons of a schema for two records whose normal forms lie open.</summary>
/// <remarks>
/// What a user of a tool for plaintext would choose, put on the levels of the schema: names and addresses by
/// <see cref="JaroWinkler"/> at .92, .88 and .7; dates, telephone numbers and postcodes by
/// <see cref="DamerauLevenshtein"/> at one and two errors, so that their lowest level of likeness stays empty; tags by
/// equality; groups from the levels of their fields, as on encodings.
/// </remarks>
internal sealed class PlaintextComparer
{
    private const int MostErrors = 2;

    private static readonly double[] LeastSimilarities = [0.92, 0.88, 0.70];

    private readonly IReadOnlyList<FieldSchema> _fields;
    private readonly (int Field, GroupComparer? Group)[] _comparisons;

    public PlaintextComparer(LinkageSchema schema)
    {
        _fields = schema.Fields;
        _comparisons =
        [
            .. Comparison.FromSchema(schema).Select(comparison =>
            {
                int field = schema.IndexOfField(comparison.Name);
                FieldGroup? group = schema.Groups.FirstOrDefault(one => one.Name == comparison.Name);
                return (field, group is null ? null : new GroupComparer(schema, group));
            }),
        ];
    }

    /// <summary>Compares two records.</summary>
    /// <param name="left">Normal forms in the order of the fields, empty where missing.</param>
    /// <param name="right">Those of the other record.</param>
    public ComparisonVector Compare(string[] left, string[] right)
    {
        Span<int> levels = stackalloc int[_fields.Count];
        for (int field = 0; field < levels.Length; field++)
        {
            levels[field] = Compare(_fields[field], left[field], right[field]);
        }

        ComparisonVector vector = default;
        for (int i = 0; i < _comparisons.Length; i++)
        {
            (int field, GroupComparer? group) = _comparisons[i];
            vector = vector.With(i, group is null ? levels[field] : group.Compare(levels));
        }

        return vector;
    }

    /// <summary>The level of one field, or a code for missing values.</summary>
    public static int Compare(FieldSchema field, string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == right.Length ? ComparisonVector.BothMissing : ComparisonVector.OneMissing;
        }

        int top = field.LevelCount - 1;
        return left == right ? top
            : field.IsTag ? 0
            : field.Tokens == TokenKind.QGram ? LevelOfSimilarity(JaroWinkler.Similarity(left, right), top)
            : LevelOfErrors(DamerauLevenshtein.Distance(left, right), top);
    }

    private static int LevelOfSimilarity(double similarity, int top)
    {
        int cut = Array.FindIndex(LeastSimilarities, least => similarity >= least);
        return cut < 0 ? 0 : Math.Max(0, top - 1 - cut);
    }

    private static int LevelOfErrors(int errors, int top) => errors > MostErrors ? 0 : Math.Max(0, top - errors);
}
