using System.Buffers.Binary;

namespace Linkage.Bloom.Storage;

/// <summary>Writes which pass rows are one record, for all records by rising handle.</summary>
internal static class MergeSectionWriter
{
    public static void Write(
        ByteTarget target, long dataStart, FileLayout layout, PassPlan[] plans, RecordHandles handles)
    {
        EncodedColumn[] columns = [.. layout.MergeColumns];
        var handleColumn = new ColumnWriter(target, dataStart, columns[0]);
        foreach (int record in handles.Order)
        {
            handles[record].CopyTo(handleColumn.Next());
        }

        handleColumn.Flush();
        uint[] rows = new uint[handles.Order.Length];
        for (int pass = 0; pass < plans.Length; pass++)
        {
            Array.Fill(rows, FileLayout.NoRow);
            for (int row = 0; row < plans[pass].Records.Length; row++)
            {
                rows[plans[pass].Records[row]] = (uint)row;
            }

            var rowColumn = new ColumnWriter(target, dataStart, columns[pass + 1]);
            foreach (int record in handles.Order)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(rowColumn.Next(), rows[record]);
            }

            rowColumn.Flush();
        }
    }
}
