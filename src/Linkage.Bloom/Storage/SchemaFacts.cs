using Linkage.Bloom.Agreement;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>What files need to know of a schema, computed once. Immutable and thread-safe.</summary>
/// <remarks>A message of one record would otherwise take longer to compute this than to protect the record.</remarks>
internal sealed class SchemaFacts
{
    private readonly IReadOnlyList<bool>[] _implied;
    private byte[]? _json;

    /// <summary>Computes the facts.</summary>
    /// <param name="schema">A valid schema.</param>
    public SchemaFacts(LinkageSchema schema)
    {
        Schema = schema;
        EncodingFingerprint = schema.EncodingFingerprint;
        LinkageFingerprint = schema.LinkageFingerprint;
        Compared = ComparedFields.FromSchema(schema);
        _implied = [.. Enumerable.Range(0, schema.Passes.Count).Select(schema.ImpliedFields)];
    }

    public LinkageSchema Schema { get; }

    public string EncodingFingerprint { get; }

    public string LinkageFingerprint { get; }

    /// <summary>The comparisons that an agreement table may tell of.</summary>
    public IReadOnlyList<ComparedFields> Compared { get; }

    /// <summary>The schema on one line; only who writes needs it.</summary>
    public ReadOnlySpan<byte> Json => _json ??= Schema.ToUtf8Json();

    /// <summary>Fields that the key of a pass contains, so that they do not travel in it.</summary>
    public IReadOnlyList<bool> ImpliedFields(int pass) => _implied[pass];

    /// <summary>Fields that travel in a pass, rising.</summary>
    public IEnumerable<int> TravellingFields(int pass) =>
        Enumerable.Range(0, Schema.Fields.Count).Where(field => !_implied[pass][field]);
}
