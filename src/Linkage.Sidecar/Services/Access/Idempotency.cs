using System.Security.Cryptography;
using Google.Protobuf;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Access;

/// <summary>Makes creations repeatable: the caller's key together with all that was asked.</summary>
internal static class Idempotency
{
    private const int ShortestKey = 16;
    private const int LongestKey = 64;

    /// <summary>The request as the store remembers it.</summary>
    /// <param name="caller">Who asks: keys of two callers never meet, whatever their roles.</param>
    /// <param name="rpc">The call's name, so that one key cannot stand for two calls.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="request">All that is asked.</param>
    /// <exception cref="Grpc.Core.RpcException">The key is malformed.</exception>
    public static IdempotentRequest Of(Caller caller, string rpc, string key, IMessage request)
    {
        if (!IsSound(key))
        {
            throw Refusals.BadField("idempotency_key", "16 to 64 letters, digits, '-' or '_'.");
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(rpc));
        hash.AppendData([0]);
        hash.AppendData(request.ToByteArray());
        return new IdempotentRequest($"{AccessPolicy.RoleOf(caller)} {caller.Name}", key, hash.GetHashAndReset());
    }

    /// <summary>Whether a key is well-formed.</summary>
    public static bool IsSound(string key) =>
        key.Length is >= ShortestKey and <= LongestKey
        && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
