namespace Linkage.Sidecar.Storage;

/// <summary>A result of a run while it is written; disposing it before the run is completed leaves no trace.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ResultDraft : IDisposable
{
    private readonly string _partPath;

    /// <summary>Begins a result.</summary>
    public ResultDraft(StoreFolders folders, SegmentKind kind, string name)
    {
        if (kind == SegmentKind.Encoding)
        {
            throw new ArgumentOutOfRangeException(nameof(kind), "An encoded file comes from a party, not from a run.");
        }

        Id = StoreIds.Create();
        Kind = kind;
        Name = name;
        _partPath = folders.Part(Id);
        Stream = StoreFolders.CreateFile(_partPath, FileMode.CreateNew, FileShare.Read | FileShare.Delete);
    }

    /// <summary>The id of the segment it will be.</summary>
    public string Id { get; }

    /// <summary>What it holds.</summary>
    public SegmentKind Kind { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>What is written. Closed with the run or with this.</summary>
    public FileStream Stream { get; }

    /// <summary>Ends the writing.</summary>
    /// <returns>The segment it will be.</returns>
    internal async Task<Segment> SealAsync(Run run, DateTimeOffset now, CancellationToken cancellation)
    {
        await Stream.FlushAsync(cancellation);
        long length = Stream.Length;
        await Stream.DisposeAsync();
        byte[] checksum = await FileChecksum.ComputeAsync(_partPath, cancellation);
        return new Segment(Id, run.ProjectId, Party: null, run.Id, Kind, Name, length, checksum, TermsVersion: 0, now);
    }

    /// <summary>Deletes what was written, unless the store has taken it over.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // Closing writes what is buffered and fails on a full disk, but nobody wants it any more. Thrown from here
            // it would leave the files of the drafts after this one.
        }

        File.Delete(_partPath);
    }
}
