using Microsoft.Win32.SafeHandles;

namespace Linkage.Bloom.Storage;

/// <summary>Writes the cells of one column one after the other, at the column's place in the file.</summary>
internal sealed class ColumnWriter
{
    private const int LeastBuffer = 1 << 16;

    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer;
    private readonly int _width;
    private long _offset;
    private int _used;

    public ColumnWriter(SafeFileHandle file, long dataStart, EncodedColumn column)
    {
        _file = file;
        _width = column.Width;
        _offset = dataStart + column.Offset;
        _buffer = new byte[LeastBuffer / column.Width * column.Width];
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
        RandomAccess.Write(_file, _buffer.AsSpan(0, _used), _offset);
        _offset += _used;
        _used = 0;
    }
}
