using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>The key that the keys of all projects are wrapped with; apart from the store and its backups.</summary>
/// <remarks>Thread-safe until disposed, which overwrites it.</remarks>
internal sealed class MasterKey : IDisposable
{
    private const string Format = "linkage-master-key/1";
    private const int IdLength = 16;
    private const int FileLength = 20 + 1 + IdLength + 1 + (2 * SealedBytes.KeyLength) + 1;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef"u8);

    private readonly byte[] _key;

    private MasterKey(string id, byte[] key)
    {
        Id = id;
        _key = key;
    }

    /// <summary>Names the key; random, tells nothing of it.</summary>
    public string Id { get; }

    /// <summary>Reads a key file.</summary>
    /// <exception cref="StoreDamagedException">It is no key file.</exception>
    public static MasterKey Load(string path)
    {
        Span<byte> text = stackalloc byte[FileLength + 1];
        byte[] key = GC.AllocateUninitializedArray<byte>(SealedBytes.KeyLength, pinned: true);
        try
        {
            int length;
            using (FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
            {
                length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            }

            ReadOnlySpan<byte> id = text.Slice(Format.Length + 1, IdLength);
            ReadOnlySpan<byte> digits = text.Slice(Format.Length + IdLength + 2, 2 * SealedBytes.KeyLength);
            bool sound = length == FileLength
                && text.StartsWith(Encoding.ASCII.GetBytes($"{Format}\n"))
                && text[Format.Length + 1 + IdLength] == '\n'
                && text[FileLength - 1] == '\n'
                && !id.ContainsAnyExcept(Digits)
                && !digits.ContainsAnyExcept(Digits);
            if (!sound)
            {
                throw new StoreDamagedException($"{path}: is not a key file of {Format}");
            }

            _ = Convert.FromHexString(digits, key, out _, out _);
            return new MasterKey(Encoding.ASCII.GetString(id), key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>Makes a key file of mode 0600; one that is there is never overwritten.</summary>
    /// <exception cref="IOException">It is there, or cannot be written.</exception>
    public static void Create(string path)
    {
        byte[] key = SealedBytes.NewKey();
        byte[] digits = GC.AllocateUninitializedArray<byte>(2 * SealedBytes.KeyLength, pinned: true);
        try
        {
            _ = Convert.TryToHexStringLower(key, digits, out _);
            using AtomicFile file = AtomicFile.Create(path, ownerOnly: true, replace: false);
            string id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
            file.Stream.Write(Encoding.ASCII.GetBytes($"{Format}\n{id}\n"));
            file.Stream.Write(digits);
            file.Stream.WriteByte((byte)'\n');
            file.Commit();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(digits);
        }

        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Wraps a project's key.</summary>
    public byte[] Wrap(string projectId, ReadOnlySpan<byte> dataKey)
    {
        byte[] wrapped = new byte[SealedBytes.KeyLength + SealedBytes.Overhead];
        SealedBytes.Seal(_key, PlaceOf(projectId), dataKey, wrapped);
        return wrapped;
    }

    /// <summary>Unwraps a project's key; the caller overwrites it after use.</summary>
    /// <exception cref="StoreDamagedException">It is not the project's, or was altered.</exception>
    public byte[] Unwrap(string projectId, ReadOnlySpan<byte> wrapped)
    {
        byte[] dataKey = GC.AllocateUninitializedArray<byte>(SealedBytes.KeyLength, pinned: true);
        return wrapped.Length == SealedBytes.KeyLength + SealedBytes.Overhead
            && SealedBytes.TryOpen(_key, PlaceOf(projectId), wrapped, dataKey)
            ? dataKey
            : throw new StoreDamagedException("The wrapped key of a project has changed.");
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    /// <summary>The type's name; the key is nobody's business.</summary>
    public override string ToString() => nameof(MasterKey);

    private static byte[] PlaceOf(string projectId) => Encoding.UTF8.GetBytes($"linkage-project-key/1|{projectId}");
}
