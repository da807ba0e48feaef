using System.Security.Cryptography;
using System.Text;

namespace Linkage.Sidecar.Storage.Encryption;

/// <summary>Seals small things of a project that lie in the database, each at its place.</summary>
/// <remarks>
/// The first byte says whether a thing is sealed, so that things from before encryption was switched on stay readable.
/// Thread-safe until disposed, which overwrites the key.
/// </remarks>
internal sealed class ProjectCipher : IDisposable
{
    private const byte Plain = 0;
    private const byte Sealed = 1;

    private readonly string _projectId;
    private readonly byte[]? _key;
    private readonly bool _seals;

    /// <summary>Takes a key over.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="key">Its data key, overwritten with this; null if it has none.</param>
    /// <param name="seals">False to leave new things as they are.</param>
    public ProjectCipher(string projectId, byte[]? key, bool seals)
    {
        _projectId = projectId;
        _key = key;
        _seals = seals && key is not null;
    }

    /// <summary>What to store for a content.</summary>
    /// <param name="place">Where it will lie, such as table and key of its row.</param>
    /// <param name="content">The content.</param>
    public byte[] Seal(string place, ReadOnlySpan<byte> content)
    {
        byte[] stored = new byte[1 + content.Length + (_seals ? SealedBytes.Overhead : 0)];
        stored[0] = _seals ? Sealed : Plain;
        if (_seals)
        {
            SealedBytes.Seal(_key, PlaceOf(place), content, stored.AsSpan(1));
        }
        else
        {
            content.CopyTo(stored.AsSpan(1));
        }

        return stored;
    }

    /// <summary>The content of what was stored.</summary>
    /// <exception cref="StoreDamagedException">It is not what was stored at this place, or its key is gone.</exception>
    public byte[] Open(string place, ReadOnlySpan<byte> stored)
    {
        if (stored is [Plain, ..])
        {
            return stored[1..].ToArray();
        }

        if (_key is not null && stored is [Sealed, ..] && stored.Length > SealedBytes.Overhead)
        {
            byte[] content = new byte[stored.Length - 1 - SealedBytes.Overhead];
            if (SealedBytes.TryOpen(_key, PlaceOf(place), stored[1..], content))
            {
                return content;
            }
        }

        throw new StoreDamagedException("An encrypted row of a project has changed, or its key is gone.");
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private byte[] PlaceOf(string place) => Encoding.UTF8.GetBytes($"linkage-row/1|{_projectId}|{place}");
}
