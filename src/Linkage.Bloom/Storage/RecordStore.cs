using System.Security.Cryptography;

namespace Linkage.Bloom.Storage;

/// <summary>Base encodings of all records of a file until their blocks are known; wiped when disposed.</summary>
/// <remarks>Never on disk: base filters under one key are as good as names to who can compare them.</remarks>
internal sealed class RecordStore : IDisposable
{
    private readonly List<byte[]> _chunks = [];
    private readonly int _rowLength;
    private readonly int _rowsPerChunk;

    /// <summary>Makes an empty store.</summary>
    /// <param name="rowLength">Bytes of a row.</param>
    /// <param name="rowsPerChunk">Rows that memory is taken for at a time.</param>
    public RecordStore(int rowLength, int rowsPerChunk)
    {
        _rowLength = rowLength;
        _rowsPerChunk = rowsPerChunk;
    }

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int row] =>
        _chunks[row / _rowsPerChunk].AsSpan(row % _rowsPerChunk * _rowLength, _rowLength);

    /// <summary>Adds a zeroed row.</summary>
    public Span<byte> Append()
    {
        if (Count % _rowsPerChunk == 0)
        {
            _chunks.Add(new byte[_rowsPerChunk * _rowLength]);
        }

        int row = Count++;
        return _chunks[^1].AsSpan(row % _rowsPerChunk * _rowLength, _rowLength);
    }

    public void Dispose()
    {
        foreach (byte[] chunk in _chunks)
        {
            CryptographicOperations.ZeroMemory(chunk);
        }

        _chunks.Clear();
    }
}
