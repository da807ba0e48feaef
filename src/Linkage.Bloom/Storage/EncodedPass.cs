using System.Buffers.Binary;

namespace Linkage.Bloom.Storage;

/// <summary>The section of one pass: rows that rise by block token, each a record's protected fields.</summary>
/// <remarks>Thread-safe while its file is open.</remarks>
public sealed class EncodedPass
{
    private readonly ByteSource _bytes;
    private readonly long _tokens;
    private readonly long _handles;
    private readonly long _presence;
    private readonly long[] _fields;
    private readonly int[] _widths;

    internal EncodedPass(ByteSource bytes, SchemaFacts schema, FileLayout layout, long dataStart, int pass)
    {
        _bytes = bytes;
        EncodedColumn[] columns = [.. layout.PassColumns(pass)];
        RowCount = columns[0].Rows;
        _tokens = dataStart + columns[0].Offset;
        _handles = dataStart + columns[1].Offset;
        _presence = dataStart + columns[2].Offset;
        _fields = new long[schema.Schema.Fields.Count];
        _widths = new int[schema.Schema.Fields.Count];
        IReadOnlyList<bool> implied = schema.ImpliedFields(pass);
        for (int field = 0, column = 3; field < _fields.Length; field++)
        {
            _fields[field] = implied[field] ? -1 : dataStart + columns[column].Offset;
            _widths[field] = implied[field] ? 0 : columns[column++].Width;
        }
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The block token of a row as a number; rows rise by it.</summary>
    /// <param name="row">0 to <see cref="RowCount"/> − 1.</param>
    /// <returns>The token.</returns>
    public UInt128 Token(int row) =>
        BinaryPrimitives.ReadUInt128BigEndian(Cell(_tokens, row, FileLayout.TokenWidth));

    /// <summary>The random handle of a row; in profile standard it occurs nowhere else.</summary>
    /// <param name="row">0 to <see cref="RowCount"/> − 1.</param>
    /// <returns>16 bytes.</returns>
    public ReadOnlySpan<byte> Handle(int row) => Cell(_handles, row, FileLayout.HandleWidth);

    /// <summary>Which fields of a row have a value: bit i for field i.</summary>
    /// <param name="row">0 to <see cref="RowCount"/> − 1.</param>
    /// <returns>The bits.</returns>
    public uint Presence(int row) =>
        BinaryPrimitives.ReadUInt32LittleEndian(Cell(_presence, row, FileLayout.PresenceWidth));

    /// <summary>True when a field travels in this pass; else the key contains its whole value.</summary>
    /// <param name="field">Index of the field.</param>
    /// <returns>Whether it travels.</returns>
    public bool Travels(int field) => _fields[field] >= 0;

    /// <summary>The protected value of a field: a filter of 128 bytes or a tag of 8.</summary>
    /// <param name="row">0 to <see cref="RowCount"/> − 1.</param>
    /// <param name="field">Index of a field that travels.</param>
    /// <returns>The cell; random when the field has no value.</returns>
    /// <exception cref="ArgumentException">The field does not travel in this pass.</exception>
    public ReadOnlySpan<byte> Field(int row, int field) =>
        Travels(field)
            ? Cell(_fields[field], row, _widths[field])
            : throw new ArgumentException("The field does not travel in this pass.", nameof(field));

    private ReadOnlySpan<byte> Cell(long column, int row, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        return _bytes.Slice(column + ((long)row * width), width);
    }
}
