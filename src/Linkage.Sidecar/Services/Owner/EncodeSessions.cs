using System.Security.Cryptography;
using System.Text;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Sessions that can be taken up again: in memory, and for a limited time after a lost connection.</summary>
/// <remarks>
/// They are found by a hash of their ids, so that the time of a look-up says nothing of an id. Thread-safe.
/// </remarks>
internal sealed class EncodeSessions(TimeProvider time) : IDisposable
{
    /// <summary>Most sessions at a time: each holds its records' encodings in memory.</summary>
    public const int MostSessions = 16;

    /// <summary>How long a session waits for its caller.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, EncodeLease> _leases = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Number of sessions.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _leases.Count;
            }
        }
    }

    /// <summary>Gives a new session an id and the caller its use.</summary>
    /// <exception cref="Grpc.Core.RpcException">There are too many.</exception>
    public EncodeLease Add(EncodeSession session)
    {
        string id = StoreIds.Create();
        EncodeLease lease = new(id, session, time, () => Drop(id));
        lock (_gate)
        {
            if (_leases.Count >= MostSessions)
            {
                throw OwnerError.LimitReached("sessions", "There are too many encoding sessions at a time");
            }

            _leases.Add(HashOf(id), lease);
        }

        return lease;
    }

    /// <summary>Finds a session of a caller's.</summary>
    /// <exception cref="Grpc.Core.RpcException">There is none, or it is another caller's.</exception>
    public EncodeLease Find(string caller, string id)
    {
        lock (_gate)
        {
            return _leases.TryGetValue(HashOf(id), out EncodeLease? lease) && lease.Session.Caller == caller
                ? lease
                : throw OwnerError.SessionLost();
        }
    }

    /// <summary>Ends what is left of earlier attempts at the same work, whose id the client has lost.</summary>
    /// <exception cref="Grpc.Core.RpcException">An attempt with this key is at other work.</exception>
    public void DropEarlier(string caller, EncodeOrder order)
    {
        EncodeLease[] earlier;
        lock (_gate)
        {
            earlier =
            [
                .. _leases.Values.Where(lease =>
                    lease.Session.Caller == caller && lease.Session.IdempotencyKey == order.IdempotencyKey),
            ];
        }

        if (earlier.Any(lease => !lease.Session.Order.Digest.AsSpan().SequenceEqual(order.Digest)))
        {
            throw OwnerError.KeyReused();
        }

        foreach (EncodeLease lease in earlier)
        {
            Drop(lease.Id);
        }
    }

    /// <summary>Ends a session and forgets it.</summary>
    public void Drop(string id)
    {
        EncodeLease? lease;
        lock (_gate)
        {
            _leases.Remove(HashOf(id), out lease);
        }

        lease?.Dispose();
    }

    /// <summary>Ends all sessions.</summary>
    public void Dispose()
    {
        EncodeLease[] all;
        lock (_gate)
        {
            all = [.. _leases.Values];
            _leases.Clear();
        }

        foreach (EncodeLease lease in all)
        {
            lease.Dispose();
        }
    }

    private static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
