using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Answers that were given, by caller and idempotency key, so that a repeated call does nothing twice.</summary>
/// <remarks>
/// A receipt is a small file beside the encoded ones: 32 bytes of SHA-256 of the request, then the answer. It holds
/// names of files and counts, and nothing of a record.
/// </remarks>
internal sealed class Receipts(string directory)
{
    private const string Prefix = ".receipt-";

    /// <summary>Finds the answer to a repeated call.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="parser">Reads the answer.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="digest">SHA-256 of the request.</param>
    /// <returns>The answer; null if there is none.</returns>
    /// <exception cref="Grpc.Core.RpcException">The key was used with another request.</exception>
    public T? Find<T>(MessageParser<T> parser, string caller, string key, ReadOnlySpan<byte> digest)
        where T : class, IMessage<T>
    {
        string path = PathOf<T>(caller, key);
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] content = File.ReadAllBytes(path);
        if (!content.AsSpan(0, Math.Min(content.Length, SHA256.HashSizeInBytes)).SequenceEqual(digest))
        {
            throw OwnerError.KeyReused();
        }

        return parser.ParseFrom(content.AsSpan(SHA256.HashSizeInBytes));
    }

    /// <summary>Keeps an answer; one that is there is replaced.</summary>
    public void Save<T>(T answer, string caller, string key, ReadOnlySpan<byte> digest)
        where T : class, IMessage<T>
    {
        using AtomicFile file = AtomicFile.Create(PathOf<T>(caller, key), ownerOnly: true);
        file.Stream.Write(digest);
        file.Stream.Write(answer.ToByteArray());
        file.Commit();
    }

    /// <summary>Forgets an answer, when what it speaks of is there no more.</summary>
    public void Forget<T>(string caller, string key)
        where T : class, IMessage<T> => File.Delete(PathOf<T>(caller, key));

    // The length in front keeps two pairs of caller and key apart that read the same one after the other.
    private string PathOf<T>(string caller, string key)
    {
        string text = FormattableString.Invariant($"{typeof(T).Name} {caller.Length} {caller}{key}");
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return Path.Join(directory, Prefix + Convert.ToHexStringLower(hash.AsSpan(0, 16)));
    }
}
