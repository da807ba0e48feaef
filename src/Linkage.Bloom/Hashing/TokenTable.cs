using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Hashing;

/// <summary>The positions of a field's tokens: a nested keyed sequence for each, kept for tokens seen before.</summary>
/// <remarks>
/// <para>
/// Position j of a token is word j mod 8 of HMAC-SHA-256(field key, token, j / 8), big-endian, masked to the filter's
/// length, so that a longer sequence begins with the shorter one.
/// </para>
/// <para>
/// Holds plaintext tokens, so it lives inside one encoder, is bounded, and is zeroed when full and when disposed. Its
/// look-ups take time that depends on the token: for the owner's own process only. Not thread-safe.
/// </para>
/// </remarks>
internal sealed class TokenTable : IDisposable
{
    private const int PositionsPerDigest = HMACSHA256.HashSizeInBytes / sizeof(uint);
    private const int PositionMask = SchemaLimits.BitLength - 1;
    private const int MaxTokenBytes = 1024;

    private readonly IncrementalHash _hmac;
    private readonly int _capacity;
    private readonly int[] _buckets;
    private readonly Entry[] _entries;
    private char[] _characters = new char[4096];
    private int _characterCount;
    private int _count;

    /// <summary>Makes an empty table.</summary>
    /// <param name="key">The field's token key; copied by the hash.</param>
    /// <param name="capacity">Tokens kept before the table is wiped and filled anew.</param>
    public TokenTable(ReadOnlySpan<byte> key, int capacity)
    {
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        _capacity = capacity;
        _buckets = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _entries = new Entry[capacity];
    }

    /// <summary>The first positions of a token's sequence.</summary>
    /// <param name="token">The token.</param>
    /// <param name="least">Positions needed.</param>
    /// <returns>At least that many; valid until the next call.</returns>
    public ReadOnlySpan<ushort> Positions(ReadOnlySpan<char> token, int least)
    {
        ref Entry entry = ref FindOrAdd(token);
        if (entry.PositionCount < least)
        {
            Extend(ref entry, token, least);
        }

        return entry.Positions.AsSpan(0, entry.PositionCount);
    }

    public void Dispose()
    {
        Wipe();
        _hmac.Dispose();
    }

    private ref Entry FindOrAdd(ReadOnlySpan<char> token)
    {
        uint hash = HashOf(token);
        ref int bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        for (int i = bucket - 1; i >= 0; i = _entries[i].Next)
        {
            ref Entry entry = ref _entries[i];
            if (_characters.AsSpan(entry.Start, entry.Length).SequenceEqual(token))
            {
                return ref entry;
            }
        }

        if (_count == _capacity)
        {
            Wipe();
        }

        ref Entry added = ref _entries[_count];
        added.Start = Store(token);
        added.Length = token.Length;
        added.Next = bucket - 1;
        added.Positions ??= new ushort[32];
        bucket = ++_count;
        return ref added;
    }

    private int Store(ReadOnlySpan<char> token)
    {
        if (_characterCount + token.Length > _characters.Length)
        {
            char[] larger = new char[Math.Max(_characters.Length * 2, _characterCount + token.Length)];
            _characters.AsSpan(0, _characterCount).CopyTo(larger);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_characters.AsSpan()));
            _characters = larger;
        }

        token.CopyTo(_characters.AsSpan(_characterCount));
        _characterCount += token.Length;
        return _characterCount - token.Length;
    }

    private void Extend(ref Entry entry, ReadOnlySpan<char> token, int least)
    {
        int wanted = (least + PositionsPerDigest - 1) / PositionsPerDigest * PositionsPerDigest;
        if (entry.Positions.Length < wanted)
        {
            ushort[] longer = new ushort[Math.Max(wanted, entry.Positions.Length * 2)];
            entry.Positions.AsSpan(0, entry.PositionCount).CopyTo(longer);
            Array.Clear(entry.Positions);
            entry.Positions = longer;
        }

        Span<byte> message = stackalloc byte[MaxTokenBytes + sizeof(int)];
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        int length = Encoding.UTF8.GetBytes(token, message[..MaxTokenBytes]);
        while (entry.PositionCount < wanted)
        {
            BinaryPrimitives.WriteInt32BigEndian(message[length..], entry.PositionCount / PositionsPerDigest);
            _hmac.AppendData(message[..(length + sizeof(int))]);
            _hmac.GetHashAndReset(digest);
            for (int i = 0; i < PositionsPerDigest; i++)
            {
                uint word = BinaryPrimitives.ReadUInt32BigEndian(digest[(i * sizeof(uint))..]);
                entry.Positions[entry.PositionCount++] = (ushort)(word & PositionMask);
            }
        }

        CryptographicOperations.ZeroMemory(message);
    }

    private void Wipe()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_characters.AsSpan()));
        for (int i = 0; i < _count; i++)
        {
            Array.Clear(_entries[i].Positions);
            _entries[i].PositionCount = 0;
        }

        Array.Clear(_buckets);
        _characterCount = 0;
        _count = 0;
    }

    // FNV-1a, for spreading over buckets only; it never reaches a result.
    private static uint HashOf(ReadOnlySpan<char> token)
    {
        uint hash = 2166136261;
        foreach (char c in token)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash ^ (hash >> 15);
    }

    private struct Entry
    {
        public ushort[] Positions;
        public int PositionCount;
        public int Start;
        public int Length;
        public int Next;
    }
}
