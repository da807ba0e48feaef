using System.Security.Cryptography;

namespace Linkage.Bloom.Storage;

/// <summary>Base encodings of all records of a file until their blocks are known; wiped when disposed.</summary>
/// <remarks>Never on disk: base filters under one key are as good as names to who can compare them.</remarks>
internal sealed class RecordStore : IDisposable
{
    private const int RowsPerChunk = 1024;

    private readonly List<byte[]> _chunks = [];
    private readonly int _rowLength;

    public RecordStore(int rowLength) => _rowLength = rowLength;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int row] =>
        _chunks[row / RowsPerChunk].AsSpan(row % RowsPerChunk * _rowLength, _rowLength);

    /// <summary>Adds a zeroed row.</summary>
    public Span<byte> Append()
    {
        if (Count % RowsPerChunk == 0)
        {
            _chunks.Add(new byte[RowsPerChunk * _rowLength]);
        }

        int row = Count++;
        return _chunks[^1].AsSpan(row % RowsPerChunk * _rowLength, _rowLength);
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
