using Linkage.Bloom.Schemas;

namespace Linkage.Core.Estimation;

/// <summary>A pass and the fields its key draws on.</summary>
internal sealed record PassFields(string Name, IReadOnlyList<string> Fields)
{
    public static IReadOnlyList<PassFields> FromSchema(LinkageSchema schema) =>
    [
        .. schema.Passes.Select((pass, i) => new PassFields(
            pass.Name, [.. schema.KeyFields(i).Select(field => schema.Fields[field].Name)])),
    ];
}
