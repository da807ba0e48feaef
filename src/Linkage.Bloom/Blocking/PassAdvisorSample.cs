using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Linkage.Bloom.Kernels;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>What the advisor keeps of records: one keyed hash for each key part they could be blocked by.</summary>
/// <remarks>
/// The hash is HMAC-SHA-256 cut to 64 bits, under a random key of this object, so nothing kept can be compared with
/// anything outside; equal parts have equal hashes and nothing else of the key is needed to count. Of files beyond the
/// capacity a uniform sample is kept (reservoir sampling: Vitter, 1985, algorithm R), chosen by a fixed sequence.
/// </remarks>
internal sealed class PassAdvisorSample : IDisposable
{
    /// <summary>Most records the advisor keeps; some 60 MB for a schema of ten fields.</summary>
    public const int DefaultCapacity = 1 << 18;

    private const ulong NoPart = 0;

    private readonly KeyPart[] _parts;
    private readonly int _capacity;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly char[] _text = new char[KeyDerivations.MaxLength];
    private ulong[] _hashes = [];
    private ulong _sequence;

    public PassAdvisorSample(KeyPart[] parts, int capacity)
    {
        _parts = parts;
        _capacity = capacity;
    }

    /// <summary>Records offered so far.</summary>
    public long Offered { get; private set; }

    /// <summary>Records kept.</summary>
    public int Count => (int)Math.Min(Offered, _capacity);

    /// <summary>Decides whether the next record is kept.</summary>
    /// <returns>Its place; -1 when it is not kept.</returns>
    public int Reserve()
    {
        long number = Offered++;
        if (number < _capacity)
        {
            int needed = ((int)number + 1) * _parts.Length;
            if (_hashes.Length < needed)
            {
                Array.Resize(ref _hashes, (int)Math.Min(2L * needed, (long)_capacity * _parts.Length));
            }

            return (int)number;
        }

        ulong place = Math.BigMul(NextRandom(), (ulong)Offered, out _);
        return place < (ulong)_capacity ? (int)place : -1;
    }

    /// <summary>Keeps a record in a reserved place.</summary>
    public void Set(int place, NormalizedRecord values)
    {
        for (int i = 0; i < _parts.Length; i++)
        {
            _hashes[(place * _parts.Length) + i] = Hash(_parts[i], values);
        }
    }

    /// <summary>A key part by its index.</summary>
    public KeyPart PartAt(int index) => _parts[index];

    /// <summary>Index of a key part; -1 when it is not kept.</summary>
    public int IndexOf(KeyPart part) => Array.IndexOf(_parts, part);

    /// <summary>Share of kept records that have a key part.</summary>
    /// <param name="part">Index of the part.</param>
    public double CoverageOf(int part)
    {
        int present = 0;
        for (int record = 0; record < Count; record++)
        {
            present += _hashes[(record * _parts.Length) + part] == NoPart ? 0 : 1;
        }

        return Count == 0 ? 0 : (double)present / Count;
    }

    /// <summary>The keys of a pass: one for each kept record that has all parts, in ascending order.</summary>
    /// <param name="parts">Indices of the key parts.</param>
    public ulong[] SortedKeys(ReadOnlySpan<int> parts)
    {
        ulong[] keys = new ulong[Count];
        int count = 0;
        for (int record = 0; record < keys.Length; record++)
        {
            count += TryGetKey(record, parts, out keys[count]) ? 1 : 0;
        }

        Array.Resize(ref keys, count);
        Array.Sort(keys);
        return keys;
    }

    /// <summary>The key of a record in a pass.</summary>
    /// <param name="record">A kept record.</param>
    /// <param name="parts">Indices of the key parts.</param>
    /// <param name="key">Equal for records with equal parts, and for no others.</param>
    /// <returns>False when the record lacks a part.</returns>
    public bool TryGetKey(int record, ReadOnlySpan<int> parts, out ulong key)
    {
        ReadOnlySpan<ulong> row = _hashes.AsSpan(record * _parts.Length, _parts.Length);
        key = 0;
        bool complete = true;
        foreach (int part in parts)
        {
            complete &= row[part] != NoPart;
            key = BitMixer.Mix(key ^ BitOperations.RotateLeft(row[part], 23));
        }

        return complete;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_text.AsSpan()));
        Array.Clear(_hashes);
    }

    private ulong Hash(KeyPart part, NormalizedRecord values)
    {
        int length = part.Kind == DerivationKind.NS
            ? KeyDerivations.DeriveSortedSoundex(values[part.Field], values[part.SecondField], _text)
            : KeyDerivations.Derive(part.Kind, values[part.Field], _text);
        if (length == 0)
        {
            return NoPart;
        }

        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, MemoryMarshal.AsBytes(_text.AsSpan(0, length)), digest);
        ulong hash = MemoryMarshal.Read<ulong>(digest);
        return hash == NoPart ? 1 : hash;
    }

    private ulong NextRandom() => BitMixer.Mix(_sequence += BitMixer.Step);
}
