using Linkage.Bloom.Schemas;
using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>A pass and the fields its key draws on.</summary>
internal sealed record PassFields(string Name, IReadOnlyList<string> Fields)
{
    /// <summary>Whether pairs that meet in the pass agree on a comparison because of it, at least in part.</summary>
    public bool DrawsOn(Comparison comparison) => Fields.Any(comparison.Fields.Contains);

    public static IReadOnlyList<PassFields> FromSchema(LinkageSchema schema) =>
    [
        .. schema.Passes.Select((pass, i) => new PassFields(
            pass.Name, [.. schema.KeyFields(i).Select(field => schema.Fields[field].Name)])),
    ];
}
