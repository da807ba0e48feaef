using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>A result of a run while it is written; disposing it before the run is completed leaves no trace.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ResultDraft : IDisposable
{
    private readonly FileDraft _file;

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

        Kind = kind;
        Name = name;
        _file = new FileDraft(folders, seals);
    }

    /// <summary>The id of the segment it will be.</summary>
    public string Id => _file.Id;

    /// <summary>What it holds.</summary>
    public SegmentKind Kind { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>What is written. Closed with the run or with this.</summary>
    public Stream Stream => _file.Stream;

    /// <summary>Its key, to be kept with its row; null if it is not encrypted.</summary>
    internal FileCipher? Cipher => _file.Cipher;

    /// <summary>Ends the writing.</summary>
    /// <returns>The segment it will be.</returns>
    internal async Task<Segment> SealAsync(Run run, DateTimeOffset now, CancellationToken cancellation)
    {
        (long length, byte[] checksum) = await _file.SealAsync(cancellation);
        return new Segment(Id, run.ProjectId, Party: null, run.Id, Kind, Name, length, checksum, TermsVersion: 0, now);
    }

    /// <summary>Deletes what was written, unless the store has taken it over.</summary>
    public void Dispose() => _file.Dispose();
}
