using Linkage.Sidecar.Storage.Encryption;

namespace Linkage.Sidecar.Storage;

/// <summary>A file of the unit's own while it is written; disposing it before the store has taken it leaves no
/// trace.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class FileDraft : IDisposable
{
    private const int SealedChunk = 64 * 1024;

    private readonly string _partPath;

    /// <summary>Begins a file.</summary>
    /// <param name="folders">Where files go.</param>
    /// <param name="seals">Whether to encrypt it.</param>
    public FileDraft(StoreFolders folders, bool seals)
    {
        Id = StoreIds.Create();
        _partPath = folders.Part(Id);
        FileStream file = StoreFolders.CreateFile(_partPath, FileMode.CreateNew, FileShare.Read | FileShare.Delete);
        Cipher = seals ? FileCipher.Create(Id, SealedChunk) : null;
        Stream = Cipher is null ? file : new SealedWriter(file, Cipher);
    }

    /// <summary>The id of the file it will be.</summary>
    public string Id { get; }

    /// <summary>What is written, from the beginning to the end. Closed when it is sealed, or with this.</summary>
    public Stream Stream { get; }

    /// <summary>Its key, to be kept with its row; null if it is not encrypted.</summary>
    public FileCipher? Cipher { get; }

    /// <summary>Ends the writing.</summary>
    /// <returns>Length and checksum of what it holds.</returns>
    public async Task<(long Length, byte[] Sha256)> SealAsync(CancellationToken cancellation)
    {
        (Stream as SealedWriter)?.Complete();
        await Stream.FlushAsync(cancellation);
        long length = Stream.Length;
        await Stream.DisposeAsync();
        using StoredFile written = new(_partPath, length, Cipher?.Copy());
        return (length, await Task.Run(() => written.ComputeChecksum(cancellation), cancellation));
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

        Cipher?.Dispose();
        File.Delete(_partPath);
    }
}
