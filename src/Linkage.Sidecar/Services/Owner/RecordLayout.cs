using Google.Protobuf.Collections;
using Linkage.Bloom.Schemas;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>How a record's values are brought into the order of the schema.</summary>
/// <remarks>
/// A name that neither schema nor columns file has is refused: were it passed over, a misspelt name would be a missing
/// value in every record, and plaintext would be sent that nobody needs.
/// </remarks>
internal sealed class RecordLayout
{
    private readonly FieldSource[] _sources;
    private readonly string[] _names;
    private readonly Dictionary<string, int>? _positions;
    private readonly int _valueCount;

    private RecordLayout(FieldSource[] sources, string[] names, IReadOnlyList<string> valueNames)
    {
        _sources = sources;
        _names = names;
        _valueCount = valueNames.Count;
        _positions = valueNames.Count == 0 ? null : IndexPositions(names, valueNames);
    }

    /// <summary>Number of fields of the schema.</summary>
    public int FieldCount => _sources.Length;

    /// <summary>Makes the layout.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="columns">The agency's own names; null if records name the schema's fields.</param>
    /// <param name="valueNames">The names of positional values; empty if records name their fields.</param>
    /// <exception cref="Grpc.Core.RpcException">Schema, columns file and names do not go together.</exception>
    public static RecordLayout Create(LinkageSchema schema, ColumnsDocument? columns, IReadOnlyList<string> valueNames)
    {
        string[] fields = [.. schema.Fields.Select(field => field.Name)];
        if (columns is not null && columns.Fields.Except(fields, StringComparer.Ordinal).Any())
        {
            throw OwnerError.Unusable("columns file", "it has a field that the schema does not have");
        }

        FieldSource[] sources = [.. fields.Select(field => columns?.SourceOf(field) ?? FieldSource.Of(field))];
        string[] names = [.. sources.SelectMany(source => source.Names).Distinct(StringComparer.Ordinal)];
        return names.Length > 0
            ? new RecordLayout(sources, names, valueNames)
            : throw OwnerError.Unusable("columns file", "it says that the party holds no field of the schema");
    }

    /// <summary>Takes the values out of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="values">One a field, in schema order; null if missing.</param>
    /// <param name="number">The record's number, for errors.</param>
    /// <param name="path">The record's path in the request, for errors.</param>
    /// <exception cref="Grpc.Core.RpcException">The record is not as it must be.</exception>
    public void Read(SourceRecord record, Span<string?> values, long number, string path)
    {
        if (_positions is null)
        {
            CheckNamed(record, number, path);
        }
        else
        {
            CheckPositional(record, number, path);
        }

        for (int i = 0; i < _sources.Length; i++)
        {
            IReadOnlyList<string> names = _sources[i].Names;
            values[i] = names.Count switch
            {
                0 => null,
                1 => ValueOf(record, names[0]),
                _ => DateParts.Join(
                    ValueOf(record, names[0]), ValueOf(record, names[1]), ValueOf(record, names[2])),
            };
        }
    }

    /// <summary>Takes the values out of one record that names them.</summary>
    /// <param name="fields">Values by name.</param>
    /// <param name="values">One a field, in schema order; null if missing.</param>
    /// <exception cref="Grpc.Core.RpcException">A name is in neither schema nor columns file.</exception>
    public void Read(MapField<string, string> fields, Span<string?> values)
    {
        if (fields.Keys.Except(_names, StringComparer.Ordinal).Any())
        {
            throw OwnerError.BadField("fields", "has a name that neither schema nor columns file has");
        }

        Read(new SourceRecord { Fields = { fields } }, values, number: 0, nameof(fields));
    }

    private static Dictionary<string, int> IndexPositions(string[] names, IReadOnlyList<string> valueNames)
    {
        Dictionary<string, int> positions = new(StringComparer.Ordinal);
        for (int i = 0; i < valueNames.Count; i++)
        {
            string path = FormattableString.Invariant($"start.value_names[{i}]");
            if (!names.Contains(valueNames[i], StringComparer.Ordinal))
            {
                throw OwnerError.BadField(path, "is a name that neither schema nor columns file has");
            }

            if (!positions.TryAdd(valueNames[i], i))
            {
                throw OwnerError.BadField(path, "is there twice");
            }
        }

        return positions;
    }

    private void CheckNamed(SourceRecord record, long number, string path)
    {
        if (record.Values.Count > 0)
        {
            throw OwnerError.BadRecord(number, $"{path}.values", "has positional values, but start has no value_names");
        }

        int known = 0;
        foreach (string name in _names)
        {
            known += record.Fields.ContainsKey(name) ? 1 : 0;
        }

        if (known != record.Fields.Count)
        {
            throw OwnerError.BadRecord(
                number, $"{path}.fields", "has a name that neither schema nor columns file has");
        }
    }

    private void CheckPositional(SourceRecord record, long number, string path)
    {
        if (record.Fields.Count > 0)
        {
            throw OwnerError.BadRecord(number, $"{path}.fields", "names its fields, but start has value_names");
        }

        if (record.Values.Count != _valueCount)
        {
            throw OwnerError.BadRecord(number, $"{path}.values", FormattableString.Invariant(
                $"has {record.Values.Count} values where start has {_valueCount} value_names"));
        }
    }

    private string? ValueOf(SourceRecord record, string name)
    {
        if (_positions is null)
        {
            return record.Fields.TryGetValue(name, out string? named) ? named : null;
        }

        return _positions.TryGetValue(name, out int position) ? record.Values[position] : null;
    }
}
