using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>Records that were added to a live project by one call.</summary>
internal sealed class LiveFile
{
    public LiveFile(EncodedFile file, int firstRecord, long id)
    {
        File = file;
        FirstRecord = firstRecord;
        Id = id;
    }

    /// <summary>The records.</summary>
    public EncodedFile File { get; }

    /// <summary>Number of the first of them in the index; the others follow.</summary>
    public int FirstRecord { get; }

    /// <summary>Its number in the store.</summary>
    public long Id { get; }

    /// <summary>Whether a record of the index is one of them.</summary>
    public bool Has(int record) => record >= FirstRecord && record < FirstRecord + File.Merge.RecordCount;
}
