using System.Buffers.Binary;

namespace Linkage.Bloom.Storage;

/// <summary>All records of a file by rising handle, and each one's row in every pass.</summary>
/// <remarks>Thread-safe while its file is open.</remarks>
public sealed class MergeSection
{
    private readonly ByteSource _bytes;
    private readonly long _handles;
    private readonly long[] _rows;

    internal MergeSection(ByteSource bytes, FileLayout layout, long dataStart)
    {
        _bytes = bytes;
        EncodedColumn[] columns = [.. layout.MergeColumns];
        RecordCount = columns[0].Rows;
        _handles = dataStart + columns[0].Offset;
        _rows = [.. columns.Skip(1).Select(column => dataStart + column.Offset)];
    }

    /// <summary>Number of records, those in no pass included.</summary>
    public int RecordCount { get; }

    /// <summary>The handle of a record.</summary>
    /// <param name="record">0 to <see cref="RecordCount"/> − 1.</param>
    /// <returns>16 bytes.</returns>
    public ReadOnlySpan<byte> Handle(int record) => Cell(_handles, record, FileLayout.HandleWidth);

    /// <summary>The row of a record in a pass.</summary>
    /// <param name="record">0 to <see cref="RecordCount"/> − 1.</param>
    /// <param name="pass">Index of the pass.</param>
    /// <returns>The row, or -1 when the record is not in the pass.</returns>
    public int RowOf(int record, int pass) =>
        (int)BinaryPrimitives.ReadUInt32LittleEndian(Cell(_rows[pass], record, FileLayout.RowWidth));

    /// <summary>The record of every row of a pass.</summary>
    /// <param name="pass">Index of the pass.</param>
    /// <param name="rowCount">Rows of the pass.</param>
    /// <returns>One record a row.</returns>
    public int[] RecordsOf(int pass, int rowCount)
    {
        int[] records = new int[rowCount];
        for (int record = 0; record < RecordCount; record++)
        {
            int row = RowOf(record, pass);
            if (row >= 0)
            {
                records[row] = record;
            }
        }

        return records;
    }

    private ReadOnlySpan<byte> Cell(long column, int record, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(record);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(record, RecordCount);
        return _bytes.Slice(column + ((long)record * width), width);
    }
}
