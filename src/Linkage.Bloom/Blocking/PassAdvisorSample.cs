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
    private readonly FieldNormalizer[] _normalizers;
    private readonly NormalizedRecord _values;
    private readonly int _capacity;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly char[] _text = new char[KeyDerivations.MaxLength];
    private ulong[] _hashes = [];
    private ulong _sequence;

    /// <summary>Holds nothing yet.</summary>
    /// <param name="parts">What is kept of a record.</param>
    /// <param name="fields">The fields of a record.</param>
    /// <param name="dateOrder">Order of day, month and year in the dates, where their form leaves it open.</param>
    /// <param name="capacity">Most records it keeps.</param>
    public PassAdvisorSample(KeyPart[] parts, IReadOnlyList<FieldSchema> fields, DateOrder dateOrder, int capacity)
    {
        _parts = parts;
        _normalizers = [.. fields.Select(f => new FieldNormalizer(f.Kind, f.Role, dateOrder, f.MissingWords))];
        _values = new NormalizedRecord(fields.Count);
        _capacity = capacity;
    }

    /// <summary>Records offered so far.</summary>
    public long Offered { get; private set; }

    /// <summary>Records kept.</summary>
    public int Count => (int)Math.Min(Offered, _capacity);

    /// <summary>Takes in a record, or passes it over.</summary>
    /// <param name="values">Raw values in the order of the fields; null or empty when missing.</param>
    /// <returns>The place it is kept in; -1 when it is not kept.</returns>
    /// <exception cref="ArgumentException">There are more or fewer values than fields.</exception>
    public int Add(ReadOnlySpan<string?> values)
    {
        if (values.Length != _normalizers.Length)
        {
            throw new ArgumentException("There must be one value a field.", nameof(values));
        }

        int place = Reserve();
        if (place < 0)
        {
            return place;
        }

        for (int i = 0; i < values.Length; i++)
        {
            _values.Set(i, _normalizers[i], values[i]);
        }

        for (int i = 0; i < _parts.Length; i++)
        {
            _hashes[(place * _parts.Length) + i] = Hash(_parts[i]);
        }

        return place;
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
        _values.Dispose();
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_text.AsSpan()));
        Array.Clear(_hashes);
    }

    private int Reserve()
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

    private ulong Hash(KeyPart part)
    {
        int length = part.Kind == DerivationKind.NS
            ? KeyDerivations.DeriveSortedSoundex(_values[part.Field], _values[part.SecondField], _text)
            : KeyDerivations.Derive(part.Kind, _values[part.Field], _text);
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
