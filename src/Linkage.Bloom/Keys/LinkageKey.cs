using System.Diagnostics;
using System.Security.Cryptography;
using Linkage.Bloom.Storage;

namespace Linkage.Bloom.Keys;

/// <summary>The secret that all owners of a project share: 256 random bits, and what they are for.</summary>
/// <remarks>
/// Whoever holds the key and somebody's encodings can read them by encoding a list of names; the linkage unit must
/// never have it. Neither printable nor comparable; dispose it to wipe the bits. Not thread-safe while disposing.
/// </remarks>
[DebuggerDisplay("LinkageKey")]
public sealed class LinkageKey : IDisposable
{
    /// <summary>Bytes of the root.</summary>
    internal const int RootLength = 32;

    private const int KeyIdLength = 8;

    private readonly byte[] _root;
    private bool _disposed;

    internal LinkageKey(string project, string keyId, int epoch, ReadOnlySpan<byte> root)
    {
        Project = project;
        KeyId = keyId;
        Epoch = epoch;
        _root = GC.AllocateArray<byte>(RootLength, pinned: true);
        root.CopyTo(_root);
    }

    /// <summary>Name of the project the key is for.</summary>
    public string Project { get; }

    /// <summary>A random name of the key, not derived from it; 16 hex digits.</summary>
    public string KeyId { get; }

    /// <summary>Generation of the key, from 1; encodings of different epochs do not join.</summary>
    public int Epoch { get; }

    internal ReadOnlySpan<byte> Root
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _root;
        }
    }

    /// <summary>Makes a new random key.</summary>
    /// <param name="project">Name of the project: 1 to 128 characters.</param>
    /// <param name="epoch">Generation, from 1.</param>
    /// <returns>The key; the caller disposes it.</returns>
    public static LinkageKey Generate(string project, int epoch = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(project);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(project.Length, KeyFile.MaxProjectLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        Span<byte> root = stackalloc byte[RootLength];
        RandomNumberGenerator.Fill(root);
        string keyId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyIdLength));
        var key = new LinkageKey(project, keyId, epoch, root);
        CryptographicOperations.ZeroMemory(root);
        return key;
    }

    /// <summary>Reads a key file, <c>linkage-key/1</c>.</summary>
    /// <param name="path">The file; on Unix only its owner may have any right to it.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="UnauthorizedAccessException">Others than the file's owner may read or change it.</exception>
    /// <exception cref="FormatException">The file is no key file.</exception>
    public static LinkageKey Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return KeyFile.Read(path);
    }

    /// <summary>Writes the key file with mode 0600.</summary>
    /// <param name="path">The file; an existing one is never replaced.</param>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = KeyFile.Format(this);
        try
        {
            using var file = AtomicFile.Create(path, ownerOnly: true, replace: false);
            file.Stream.Write(content);
            file.Commit();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_root);
        _disposed = true;
    }

    /// <summary>Says that this is a key and nothing of it.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(LinkageKey);
}
