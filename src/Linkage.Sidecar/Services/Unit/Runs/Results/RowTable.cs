using Microsoft.Win32.SafeHandles;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>A result file of rows of one length, read by number. Stays readable when the file is removed.</summary>
internal sealed class RowTable : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly int _rowLength;

    public RowTable(string path, int rowLength)
    {
        _file = File.OpenHandle(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read | FileShare.Delete,
            FileOptions.Asynchronous | FileOptions.SequentialScan);
        _rowLength = rowLength;
        Count = RandomAccess.GetLength(_file) / rowLength;
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
        int length = 0;
        while (length < rows.Length)
        {
            int read = await RandomAccess.ReadAsync(
                _file, rows.AsMemory(length), (first * _rowLength) + length, cancellation);
            if (read == 0)
            {
                throw new EndOfStreamException("A result file has become shorter.");
            }

            length += read;
        }

        return rows;
    }

    public void Dispose() => _file.Dispose();
}
