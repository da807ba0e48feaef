using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>A result file of rows of one length, read by number. Stays readable when the file is removed.</summary>
internal sealed class RowTable : IDisposable
{
    private readonly StoredFile _file;
    private readonly int _rowLength;

    /// <summary>Takes a file over.</summary>
    public RowTable(StoredFile file, int rowLength)
    {
        _file = file;
        _rowLength = rowLength;
        Count = file.Length / rowLength;
    }

    /// <summary>Number of rows.</summary>
    public long Count { get; }

    /// <summary>The bytes of some rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many; fewer come only at the end of the file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(long first, int count, CancellationToken cancellation)
    {
        byte[] rows = new byte[checked((int)Math.Min(count, Count - first) * _rowLength)];
        await Task.Run(() => _file.Read(first * _rowLength, rows), cancellation);
        return rows;
    }

    public void Dispose() => _file.Dispose();
}
