using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>Seals and opens the chunks of one file, under a key of its own.</summary>
/// <remarks>
/// A chunk opens at its own place of its own file only. What is missing at the end shows in the length, which the
/// database knows. Thread-safe until disposed, which overwrites the key.
/// </remarks>
internal sealed class FileCipher : IDisposable
{
    private const string Label = "linkage-file/1|";

    private readonly byte[] _key;
    private readonly byte[] _label;

    /// <summary>Takes a key over.</summary>
    /// <param name="fileId">The file.</param>
    /// <param name="chunkLength">Bytes of plaintext in every chunk but the last.</param>
    /// <param name="key">The key; overwritten with this.</param>
    public FileCipher(string fileId, int chunkLength, byte[] key)
    {
        FileId = fileId;
        Layout = new SealedLayout(chunkLength);
        _key = key;
        _label = Encoding.ASCII.GetBytes(Label + fileId);
    }

    /// <summary>The file.</summary>
    public string FileId { get; }

    /// <summary>Where its chunks lie.</summary>
    public SealedLayout Layout { get; }

    /// <summary>The cipher of a new file.</summary>
    public static FileCipher Create(string fileId, int chunkLength) => new(fileId, chunkLength, SealedBytes.NewKey());

    /// <summary>The same, to be disposed by somebody else.</summary>
    public FileCipher Copy()
    {
        byte[] key = GC.AllocateUninitializedArray<byte>(SealedBytes.KeyLength, pinned: true);
        _key.CopyTo(key, 0);
        return new FileCipher(FileId, Layout.ChunkLength, key);
    }

    /// <summary>Seals a chunk.</summary>
    public void Seal(long chunk, ReadOnlySpan<byte> content, Span<byte> slot) =>
        SealedBytes.Seal(_key, PlaceOf(chunk), content, slot);

    /// <summary>Opens a chunk.</summary>
    /// <exception cref="StoreDamagedException">It is not what was sealed there.</exception>
    public void Open(long chunk, ReadOnlySpan<byte> slot, Span<byte> content)
    {
        if (!SealedBytes.TryOpen(_key, PlaceOf(chunk), slot, content))
        {
            throw new StoreDamagedException($"{FileId}: chunk {chunk} of the file has changed");
        }
    }

    /// <summary>Wraps the file's key under its project's.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> dataKey)
    {
        byte[] wrapped = new byte[SealedBytes.KeyLength + SealedBytes.Overhead];
        SealedBytes.Seal(dataKey, KeyPlaceOf(FileId), _key, wrapped);
        return wrapped;
    }

    /// <summary>The cipher of a file that is there.</summary>
    /// <exception cref="StoreDamagedException">The wrapped key is not the file's, or was altered.</exception>
    public static FileCipher Unwrap(
        string fileId, int chunkLength, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> dataKey)
    {
        byte[] key = GC.AllocateUninitializedArray<byte>(SealedBytes.KeyLength, pinned: true);
        return wrapped.Length == SealedBytes.KeyLength + SealedBytes.Overhead
            && SealedBytes.TryOpen(dataKey, KeyPlaceOf(fileId), wrapped, key)
            ? new FileCipher(fileId, chunkLength, key)
            : throw new StoreDamagedException($"{fileId}: the wrapped key of the file has changed");
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private static byte[] KeyPlaceOf(string fileId) => Encoding.ASCII.GetBytes($"linkage-file-key/1|{fileId}");

    private byte[] PlaceOf(long chunk)
    {
        byte[] place = new byte[_label.Length + sizeof(long)];
        _label.CopyTo(place, 0);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(_label.Length), chunk);
        return place;
    }
}
