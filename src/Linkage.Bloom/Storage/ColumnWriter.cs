namespace Linkage.Bloom.Storage;

/// <summary>Writes the cells of one column one after the other, at the column's place in the file.</summary>
internal sealed class ColumnWriter
{
    private const int MostBuffer = 1 << 16;

    private readonly ByteTarget _target;
    private readonly byte[] _buffer;
    private readonly int _width;
    private long _offset;
    private int _used;

    public ColumnWriter(ByteTarget target, long dataStart, EncodedColumn column)
    {
        _target = target;
        _width = column.Width;
        _offset = dataStart + column.Offset;
        _buffer = new byte[Math.Clamp(column.Rows, 1, MostBuffer / column.Width) * column.Width];
    }

    /// <summary>The next cell, to be filled before the next call.</summary>
    public Span<byte> Next()
    {
        if (_used == _buffer.Length)
        {
            Flush();
        }

        _used += _width;
        return _buffer.AsSpan(_used - _width, _width);
    }

    public void Flush()
    {
        _target.Write(_buffer.AsSpan(0, _used), _offset);
        _offset += _used;
        _used = 0;
    }
}
