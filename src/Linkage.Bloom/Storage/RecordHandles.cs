using System.Security.Cryptography;

namespace Linkage.Bloom.Storage;

/// <summary>Fresh random handles of all records; their sorted order is the random order of the merge section.</summary>
internal sealed class RecordHandles
{
    private readonly byte[] _handles;

    private RecordHandles(byte[] handles, int[] order)
    {
        _handles = handles;
        Order = order;
    }

    /// <summary>Records by rising handle.</summary>
    public int[] Order { get; }

    public ReadOnlySpan<byte> this[int record] =>
        _handles.AsSpan(record * FileLayout.HandleWidth, FileLayout.HandleWidth);

    public static RecordHandles Create(int count)
    {
        byte[] handles = RandomNumberGenerator.GetBytes(checked(count * FileLayout.HandleWidth));
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) =>
            handles.AsSpan(left * FileLayout.HandleWidth, FileLayout.HandleWidth)
                .SequenceCompareTo(handles.AsSpan(right * FileLayout.HandleWidth, FileLayout.HandleWidth)));
        return new RecordHandles(handles, order);
    }
}
