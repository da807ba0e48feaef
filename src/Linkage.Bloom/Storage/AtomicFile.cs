using System.Security.Cryptography;

namespace Linkage.Bloom.Storage;

/// <summary>
/// A file that appears whole or not at all: written under a temporary name, flushed to disk, renamed.
/// </summary>
/// <remarks>
/// The temporary file lies in the same directory. Disposing without <see cref="Commit"/> leaves no trace. Not
/// thread-safe.
/// </remarks>
public sealed class AtomicFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _temporaryPath;
    private readonly bool _replace;
    private bool _committed;

    private AtomicFile(string path, bool ownerOnly, bool replace)
    {
        FullPath = Path.GetFullPath(path);
        _replace = replace;
        if (Directory.Exists(FullPath))
        {
            throw new IOException($"{path}: is a directory, not a file");
        }

        // The system's own message would name the temporary file.
        string directory = Path.GetDirectoryName(FullPath)!;
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"{path}: its directory does not exist");
        }

        string unique = RandomNumberGenerator.GetHexString(12, lowercase: true);
        _temporaryPath = Path.Join(directory, $".{Path.GetFileName(FullPath)}.{unique}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 16,
        };
        if (ownerOnly && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        Stream = new FileStream(_temporaryPath, options);
    }

    /// <summary>Where the file will appear.</summary>
    public string FullPath { get; }

    /// <summary>What is being written.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it will appear.</param>
    /// <param name="ownerOnly">True for mode 0600, set before anything is written.</param>
    /// <param name="replace">False to refuse when the path exists at the end.</param>
    /// <returns>The file; the caller commits and disposes it.</returns>
    /// <exception cref="IOException">
    /// The directory does not exist or cannot be written, or a directory has the name already.
    /// </exception>
    public static AtomicFile Create(string path, bool ownerOnly = false, bool replace = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new AtomicFile(path, ownerOnly, replace);
    }

    /// <summary>Flushes to disk and gives the file its name.</summary>
    /// <exception cref="IOException">The path exists and may not be replaced, or the disk is full.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_committed, this);
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporaryPath, FullPath, _replace);
        _committed = true;
    }

    /// <summary>Closes the file and deletes it if it was not committed.</summary>
    public void Dispose()
    {
        if (_committed)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // Closing writes what is buffered and fails on a full disk, but nobody wants it any more. Thrown from here
            // it would keep others from cleaning up after themselves, and hide why the file was given up.
        }

        File.Delete(_temporaryPath);
    }
}
