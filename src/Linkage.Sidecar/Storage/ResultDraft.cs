using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>A result of a run while it is written; disposing it before the run is completed leaves no trace.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ResultDraft : IDisposable
{
    private const int SealedChunk = 64 * 1024;

    private readonly string _partPath;
    private readonly FileCipher? _cipher;

    /// <summary>Begins a result.</summary>
    /// <param name="folders">Where files go.</param>
    /// <param name="seals">Whether to encrypt it.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="name">What it is called.</param>
    public ResultDraft(StoreFolders folders, bool seals, SegmentKind kind, string name)
    {
        if (kind == SegmentKind.Encoding)
        {
            throw new ArgumentOutOfRangeException(nameof(kind), "An encoded file comes from a party, not from a run.");
        }

        Id = StoreIds.Create();
        Kind = kind;
        Name = name;
        _partPath = folders.Part(Id);
        FileStream file = StoreFolders.CreateFile(_partPath, FileMode.CreateNew, FileShare.Read | FileShare.Delete);
        _cipher = seals ? FileCipher.Create(Id, SealedChunk) : null;
        Stream = _cipher is null ? file : new SealedWriter(file, _cipher);
    }

    /// <summary>The id of the segment it will be.</summary>
    public string Id { get; }

    /// <summary>What it holds.</summary>
    public SegmentKind Kind { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>What is written. Closed with the run or with this.</summary>
    public Stream Stream { get; }

    /// <summary>Its key, to be kept with its row; null if it is not encrypted.</summary>
    internal FileCipher? Cipher => _cipher;

    /// <summary>Ends the writing.</summary>
    /// <returns>The segment it will be.</returns>
    internal async Task<Segment> SealAsync(Run run, DateTimeOffset now, CancellationToken cancellation)
    {
        (Stream as SealedWriter)?.Complete();
        await Stream.FlushAsync(cancellation);
        long length = Stream.Length;
        await Stream.DisposeAsync();
        using StoredFile written = new(_partPath, length, _cipher?.Copy());
        byte[] checksum = await Task.Run(() => written.ComputeChecksum(cancellation), cancellation);
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

        _cipher?.Dispose();
        File.Delete(_partPath);
    }
}
