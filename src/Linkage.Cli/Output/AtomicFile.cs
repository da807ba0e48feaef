using System.Security.Cryptography;

namespace Linkage.Cli.Output;

/// <summary>A file that appears whole or not at all.</summary>
/// <remarks>
/// It is written under a temporary name in its own directory and takes its place, and that of an older file, when it is
/// on the disk. Disposing without <see cref="Commit"/> removes it. Not thread-safe.
/// </remarks>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _temporary;
    private readonly FileStream _stream;
    private bool _isCommitted;

    private AtomicFile(string path, string temporary, FileStream stream)
    {
        Path = path;
        _temporary = temporary;
        _stream = stream;
    }

    /// <summary>The name under which the file will appear.</summary>
    public string Path { get; }

    /// <summary>Where to write.</summary>
    public Stream Stream => _stream;

    /// <summary>Starts a file.</summary>
    /// <param name="path">The name under which it will appear.</param>
    /// <param name="ownerOnly">
    /// Whether only the owner may read it (mode 0600, from the first moment). On Windows the directory's rights apply.
    /// </param>
    /// <returns>An empty file under a temporary name.</returns>
    /// <exception cref="IOException">The directory is missing, or a directory has the name already.</exception>
    public static AtomicFile Create(string path, bool ownerOnly = false)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new IOException($"{path}: is a directory, not a file");
        }

        string directory = System.IO.Path.GetDirectoryName(full)!;
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"{path}: its directory does not exist");
        }

        string unique = RandomNumberGenerator.GetHexString(12, lowercase: true);
        string temporary = System.IO.Path.Join(directory, $".{System.IO.Path.GetFileName(full)}.{unique}.tmp");
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (ownerOnly && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new AtomicFile(full, temporary, new FileStream(temporary, options));
    }

    /// <summary>Puts the file on the disk and in its place.</summary>
    /// <exception cref="IOException">The disk is full or the name is taken by a directory.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_isCommitted, this);
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, Path, overwrite: true);
        _isCommitted = true;
    }

    /// <summary>Removes the file unless it was committed.</summary>
    public void Dispose()
    {
        if (_isCommitted)
        {
            return;
        }

        try
        {
            _stream.Dispose();
        }
        finally
        {
            File.Delete(_temporary);
        }
    }
}
