using System.Buffers.Binary;
using System.Diagnostics;
using Linkage.Bloom.Blocking;
using Linkage.Bloom.Filters;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;

namespace Linkage.Bloom;

/// <summary>The owner's encoder: turns raw fields into base encodings and block keys under the project's key.</summary>
/// <remarks>
/// Holds derived keys and plaintext tokens; dispose it to wipe them. Not thread-safe: one encoder serves one
/// <see cref="EncodedFileWriter"/>.
/// </remarks>
[DebuggerDisplay("RecordEncoder")]
public sealed class RecordEncoder : IDisposable
{
    private readonly KeyTree _keys;
    private readonly FieldNormalizer[] _normalizers;
    private readonly FieldEncoder[] _fields;
    private readonly BlockKeyEncoder[] _passes;
    private readonly BlockScope?[] _scopes;
    private readonly NormalizedRecord _values;
    private readonly RecordRow _row;

    /// <summary>Makes an encoder.</summary>
    /// <param name="schema">What the owners agreed on.</param>
    /// <param name="key">The project's key; may be disposed once the encoder is made.</param>
    /// <param name="party">
    /// Name of the owner whose records these are: 1 to 64 letters, digits, <c>_</c> or <c>-</c>.
    /// </param>
    /// <param name="dateOrder">
    /// Order of day, month and year in the owner's dates, where their form leaves it open.
    /// </param>
    public RecordEncoder(
        LinkageSchema schema, LinkageKey key, string party, DateOrder dateOrder = DateOrder.YearMonthDay)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(party);
        if (!SchemaRules.IsName(party))
        {
            throw new ArgumentException("A party's name is 1 to 64 letters, digits, '_' or '-'.", nameof(party));
        }

        schema.Validate();
        Facts = new SchemaFacts(schema);
        Party = party;
        Project = key.Project;
        KeyId = key.KeyId;
        Epoch = key.Epoch;
        _keys = new KeyTree(key, schema);
        CheckValue = Convert.ToHexStringLower(_keys.ComputeCheckValue());
        _normalizers =
        [
            .. schema.Fields.Select(f => new FieldNormalizer(f.Kind, f.Role, dateOrder, f.MissingWords)),
        ];
        _fields = [.. schema.Fields.Select(field => new FieldEncoder(field, _keys))];
        _passes = [.. Enumerable.Range(0, schema.Passes.Count).Select(i => new BlockKeyEncoder(schema, i, _keys))];
        _scopes = new BlockScope?[schema.Passes.Count];
        _values = new NormalizedRecord(schema.Fields.Count);
        _row = new RecordRow(schema);
    }

    /// <summary>What the owners agreed on.</summary>
    public LinkageSchema Schema => Facts.Schema;

    /// <summary>The owner whose records these are.</summary>
    public string Party { get; }

    internal SchemaFacts Facts { get; }

    internal string Project { get; }

    internal string KeyId { get; }

    internal int Epoch { get; }

    internal string CheckValue { get; }

    internal RecordRow Row => _row;

    /// <summary>Wipes keys and plaintext.</summary>
    public void Dispose()
    {
        _values.Dispose();
        foreach (FieldEncoder field in _fields)
        {
            field.Dispose();
        }

        foreach (BlockKeyEncoder pass in _passes)
        {
            pass.Dispose();
        }

        foreach (BlockScope? scope in _scopes)
        {
            scope?.Dispose();
        }

        _keys.Dispose();
    }

    /// <summary>Encodes a record into its row of the writer's store.</summary>
    /// <param name="values">Raw values in schema order; null or empty when missing.</param>
    /// <param name="row">Zeroed; <see cref="RecordRow.Length"/> bytes.</param>
    /// <param name="notes">Receives what was noticed in each field.</param>
    /// <returns>False when no field is usable.</returns>
    internal bool Encode(ReadOnlySpan<string?> values, Span<byte> row, Span<NormalizationNotes> notes)
    {
        uint presence = 0;
        for (int i = 0; i < _fields.Length; i++)
        {
            notes[i] = _values.Set(i, _normalizers[i], values[i]);
            if (_fields[i].TryEncode(_values[i], _row.Field(row, i)))
            {
                presence |= 1u << i;
            }
        }

        uint keys = 0;
        for (int i = 0; i < _passes.Length; i++)
        {
            if (_passes[i].TryEncode(_values, _row.Digest(row, i)))
            {
                keys |= 1u << i;
            }
        }

        BinaryPrimitives.WriteUInt32LittleEndian(row, presence);
        BinaryPrimitives.WriteUInt32LittleEndian(row[sizeof(uint)..], keys);
        return presence != 0;
    }

    /// <summary>The encoder's own scope of a pass, made when it is first asked for; passes may be asked for side by
    /// side.</summary>
    internal BlockScope ScopeOf(int pass) => _scopes[pass] ??= CreateScope(pass);

    internal BlockScope CreateScope(int pass)
    {
        string name = Schema.Passes[pass].Name;
        byte[] diffusion = _keys.Derive(KeyPurpose.Diffusion, "", name, Kernels.CounterCipher.KeyLength);
        byte[] tag = _keys.Derive(KeyPurpose.Tag, "", name, Kernels.CounterCipher.KeyLength);
        var scope = new BlockScope(diffusion, tag, Schema.KeyOwners());
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(diffusion);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(tag);
        return scope;
    }
}
