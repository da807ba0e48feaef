using System.Net;
using System.Net.Sockets;

namespace Linkage.Sidecar.Identity;

/// <summary>Counts refused credentials by where they came from and by what was presented.</summary>
/// <remarks>Bounded memory; safe to use from several threads.</remarks>
internal sealed class FailureLimiter
{
    /// <summary>The number of sources that are told apart at the same time.</summary>
    public const int MostSources = 8192;

    // Everybody beyond the bound shares one allowance, so inventing addresses buys nothing.
    private const string EverybodyElse = "";

    private static readonly TimeSpan ForgetAgain = TimeSpan.FromSeconds(1);

    private readonly int _perMinute;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _forgot;

    /// <summary>Allows some failures a minute from each source.</summary>
    public FailureLimiter(int perMinute, TimeProvider time)
    {
        _perMinute = perMinute;
        _time = time;
        _forgot = time.GetTimestamp();
    }

    /// <summary>The number of sources held in memory; never above <see cref="MostSources"/> by more than one.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _buckets.Count;
            }
        }
    }

    /// <summary>The name of a remote address: an IPv6 host owns its whole /64.</summary>
    public static string SourceOf(IPAddress? address)
    {
        if (address is null)
        {
            return "local";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        byte[] bytes = address.GetAddressBytes();
        int length = address.AddressFamily == AddressFamily.InterNetwork ? 4 : 8;
        return $"a{Convert.ToHexStringLower(bytes.AsSpan(0, length))}";
    }

    /// <summary>The name of a credential: part of its hash, so that nothing of it is kept.</summary>
    public static string SourceOf(ReadOnlySpan<byte> hash) => $"c{Convert.ToHexStringLower(hash[..16])}";

    /// <summary>True if a source has used up its failures; asked before its credential is looked at.</summary>
    public bool IsBlocked(string source)
    {
        lock (_gate)
        {
            return _buckets.TryGetValue(source, out TokenBucket? bucket)
                ? !bucket.HasOne
                : _buckets.Count >= MostSources && _buckets.TryGetValue(EverybodyElse, out bucket) && !bucket.HasOne;
        }
    }

    /// <summary>Notes a failure.</summary>
    public void Note(string source)
    {
        lock (_gate)
        {
            BucketOf(source).TryTake();
        }
    }

    private TokenBucket BucketOf(string source)
    {
        if (_buckets.TryGetValue(source, out TokenBucket? bucket))
        {
            return bucket;
        }

        if (_buckets.Count >= MostSources)
        {
            // Not at every failure: looking through all would be work that an attacker can ask for.
            if (_time.GetElapsedTime(_forgot) >= ForgetAgain)
            {
                Forget();
            }

            source = _buckets.Count >= MostSources ? EverybodyElse : source;
        }

        if (!_buckets.TryGetValue(source, out bucket))
        {
            bucket = new TokenBucket(_perMinute, _perMinute / 60.0, _time);
            _buckets.Add(source, bucket);
        }

        return bucket;
    }

    // A full allowance is what a source has that was never seen.
    private void Forget()
    {
        _forgot = _time.GetTimestamp();
        foreach (string source in _buckets.Where(pair => pair.Value.IsFull).Select(pair => pair.Key).ToArray())
        {
            _buckets.Remove(source);
        }
    }
}
