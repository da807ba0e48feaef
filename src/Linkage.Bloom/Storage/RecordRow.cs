using System.Buffers.Binary;
using Linkage.Bloom.Blocking;
using Linkage.Bloom.Filters;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>
/// The shape of one record between encoding and writing: presence, keys, base encodings, block digests.
/// </summary>
internal sealed class RecordRow
{
    private readonly int[] _fieldOffsets;
    private readonly int[] _fieldLengths;
    private readonly int _digestOffset;

    public RecordRow(LinkageSchema schema)
    {
        int offset = 2 * sizeof(uint);
        _fieldOffsets = new int[schema.Fields.Count];
        _fieldLengths = new int[schema.Fields.Count];
        for (int i = 0; i < _fieldOffsets.Length; i++)
        {
            _fieldOffsets[i] = offset;
            _fieldLengths[i] = FieldEncoder.BaseLength(schema.Fields[i]);
            offset += _fieldLengths[i];
        }

        _digestOffset = offset;
        Length = offset + (schema.Passes.Count * BlockKeyEncoder.DigestLength);
    }

    /// <summary>Bytes of a row.</summary>
    public int Length { get; }

    public Span<byte> Field(Span<byte> row, int field) => row.Slice(_fieldOffsets[field], _fieldLengths[field]);

    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> row, int field) =>
        row.Slice(_fieldOffsets[field], _fieldLengths[field]);

    public Span<byte> Digest(Span<byte> row, int pass) =>
        row.Slice(_digestOffset + (pass * BlockKeyEncoder.DigestLength), BlockKeyEncoder.DigestLength);

    public ReadOnlySpan<byte> Digest(ReadOnlySpan<byte> row, int pass) =>
        row.Slice(_digestOffset + (pass * BlockKeyEncoder.DigestLength), BlockKeyEncoder.DigestLength);

    public static uint Presence(ReadOnlySpan<byte> row) => BinaryPrimitives.ReadUInt32LittleEndian(row);

    public static bool HasKey(ReadOnlySpan<byte> row, int pass) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(row[sizeof(uint)..]) >> pass & 1) != 0;
}
