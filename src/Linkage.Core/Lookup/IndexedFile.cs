using Linkage.Bloom.Storage;

namespace Linkage.Core.Lookup;

/// <summary>A file whose records are in an index, and their numbers there. Immutable.</summary>
internal sealed class IndexedFile
{
    private readonly int[][] _records;

    public IndexedFile(EncodedFile file, int party, int firstRecord)
    {
        File = file;
        Party = party;
        FirstRecord = firstRecord;
        _records =
        [
            .. file.Passes.Select((pass, number) => file.Merge.RecordsOf(number, pass.RowCount)),
        ];
    }

    public EncodedFile File { get; }

    /// <summary>Number of the party in the index.</summary>
    public int Party { get; }

    /// <summary>Number of the file's first record in the index; the others follow by rising handle.</summary>
    public int FirstRecord { get; }

    public int RecordCount => File.Merge.RecordCount;

    /// <summary>The number in the index of the record that has a row.</summary>
    public int RecordOf(int pass, int row) => FirstRecord + _records[pass][row];

    /// <summary>The number in the index of the record that has a handle, or -1.</summary>
    public int Find(ReadOnlySpan<byte> handle)
    {
        (int low, int high) = (0, RecordCount);
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = File.Merge.Handle(middle).SequenceCompareTo(handle) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low < RecordCount && File.Merge.Handle(low).SequenceEqual(handle) ? FirstRecord + low : -1;
    }

    public RecordReference Reference(int record) =>
        new(File.Header.Party, Convert.ToHexStringLower(File.Merge.Handle(record - FirstRecord)));
}
