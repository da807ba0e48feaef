using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using AesNi = System.Runtime.Intrinsics.X86.Aes;

namespace Linkage.Bloom.Kernels;

/// <summary>AES-128 under one key: key streams in counter mode, and single blocks.</summary>
/// <remarks>
/// The counter block of block i is the nonce with i added to its last four bytes as a big-endian number that wraps
/// around, as in GCM (NIST SP 800-38D, inc32). With the processor's AES instructions eight blocks are in flight,
/// because one instruction takes several cycles but another can start in each. Not thread-safe.
/// </remarks>
internal sealed class CounterCipher : IDisposable
{
    public const int KeyLength = 16;
    public const int BlockLength = 16;

    private const int Lanes = 8;
    private const int Rounds = 10;

    private readonly Vector128<byte>[] _schedule = GC.AllocateArray<Vector128<byte>>(Rounds + 1, pinned: true);
    private readonly Aes? _portable;
    private byte[] _counters = [];

    public CounterCipher(ReadOnlySpan<byte> key)
        : this(key, KernelSelector.HasAes)
    {
    }

    internal CounterCipher(ReadOnlySpan<byte> key, bool useInstructions)
    {
        if (useInstructions)
        {
            ExpandKey(key, _schedule);
        }
        else
        {
            _portable = Aes.Create();
            _portable.SetKey(key);
        }
    }

    /// <summary>Writes the key stream of a nonce.</summary>
    /// <param name="nonce">16 bytes.</param>
    /// <param name="destination">A multiple of 16 bytes.</param>
    public void Fill(ReadOnlySpan<byte> nonce, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length % BlockLength, 0);
        if (_portable is null)
        {
            FillByInstructions(nonce, destination);
        }
        else
        {
            FillPortably(nonce, destination);
        }
    }

    /// <summary>Encrypts one block.</summary>
    public void EncryptBlock(ReadOnlySpan<byte> block, Span<byte> destination)
    {
        if (_portable is null)
        {
            Encrypt(Vector128.Create(block)).CopyTo(destination);
        }
        else
        {
            _portable.EncryptEcb(block, destination, PaddingMode.None);
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_schedule.AsSpan()));
        CryptographicOperations.ZeroMemory(_counters);
        _portable?.Dispose();
    }

    private void FillPortably(ReadOnlySpan<byte> nonce, Span<byte> destination)
    {
        if (_counters.Length < destination.Length)
        {
            _counters = new byte[destination.Length];
        }

        uint counter = BinaryPrimitives.ReadUInt32BigEndian(nonce[12..]);
        for (int at = 0; at < destination.Length; at += BlockLength)
        {
            nonce[..12].CopyTo(_counters.AsSpan(at));
            BinaryPrimitives.WriteUInt32BigEndian(_counters.AsSpan(at + 12), counter++);
        }

        _portable!.EncryptEcb(_counters.AsSpan(0, destination.Length), destination, PaddingMode.None);
    }

    private void FillByInstructions(ReadOnlySpan<byte> nonce, Span<byte> destination)
    {
        Vector128<uint> start = Vector128.Create(nonce).AsUInt32();
        uint counter = BinaryPrimitives.ReadUInt32BigEndian(nonce[12..]);
        int at = 0;
        Span<Vector128<byte>> lanes = stackalloc Vector128<byte>[Lanes];
        for (; at + (Lanes * BlockLength) <= destination.Length; at += Lanes * BlockLength)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                lanes[lane] = Counter(start, counter++);
            }

            EncryptLanes(lanes);
            MemoryMarshal.AsBytes(lanes).CopyTo(destination[at..]);
        }

        for (; at < destination.Length; at += BlockLength)
        {
            Encrypt(Counter(start, counter++)).CopyTo(destination[at..]);
        }
    }

    private static Vector128<byte> Counter(Vector128<uint> start, uint counter) =>
        start.WithElement(3, BinaryPrimitives.ReverseEndianness(counter)).AsByte();

    private void EncryptLanes(Span<Vector128<byte>> lanes)
    {
        Vector128<byte> key = _schedule[0];
        Vector128<byte> a = lanes[0] ^ key, b = lanes[1] ^ key, c = lanes[2] ^ key, d = lanes[3] ^ key;
        Vector128<byte> e = lanes[4] ^ key, f = lanes[5] ^ key, g = lanes[6] ^ key, h = lanes[7] ^ key;
        for (int round = 1; round < Rounds; round++)
        {
            key = _schedule[round];
            a = AesNi.Encrypt(a, key);
            b = AesNi.Encrypt(b, key);
            c = AesNi.Encrypt(c, key);
            d = AesNi.Encrypt(d, key);
            e = AesNi.Encrypt(e, key);
            f = AesNi.Encrypt(f, key);
            g = AesNi.Encrypt(g, key);
            h = AesNi.Encrypt(h, key);
        }

        key = _schedule[Rounds];
        lanes[0] = AesNi.EncryptLast(a, key);
        lanes[1] = AesNi.EncryptLast(b, key);
        lanes[2] = AesNi.EncryptLast(c, key);
        lanes[3] = AesNi.EncryptLast(d, key);
        lanes[4] = AesNi.EncryptLast(e, key);
        lanes[5] = AesNi.EncryptLast(f, key);
        lanes[6] = AesNi.EncryptLast(g, key);
        lanes[7] = AesNi.EncryptLast(h, key);
    }

    private Vector128<byte> Encrypt(Vector128<byte> block)
    {
        block ^= _schedule[0];
        for (int round = 1; round < Rounds; round++)
        {
            block = AesNi.Encrypt(block, _schedule[round]);
        }

        return AesNi.EncryptLast(block, _schedule[Rounds]);
    }

    // FIPS 197, section 5.2, by the instruction that computes SubWord, RotWord and Rcon together.
    private static void ExpandKey(ReadOnlySpan<byte> key, Span<Vector128<byte>> schedule)
    {
        schedule[0] = Vector128.Create(key[..KeyLength]);
        schedule[1] = NextRoundKey(schedule[0], AesNi.KeygenAssist(schedule[0], 0x01));
        schedule[2] = NextRoundKey(schedule[1], AesNi.KeygenAssist(schedule[1], 0x02));
        schedule[3] = NextRoundKey(schedule[2], AesNi.KeygenAssist(schedule[2], 0x04));
        schedule[4] = NextRoundKey(schedule[3], AesNi.KeygenAssist(schedule[3], 0x08));
        schedule[5] = NextRoundKey(schedule[4], AesNi.KeygenAssist(schedule[4], 0x10));
        schedule[6] = NextRoundKey(schedule[5], AesNi.KeygenAssist(schedule[5], 0x20));
        schedule[7] = NextRoundKey(schedule[6], AesNi.KeygenAssist(schedule[6], 0x40));
        schedule[8] = NextRoundKey(schedule[7], AesNi.KeygenAssist(schedule[7], 0x80));
        schedule[9] = NextRoundKey(schedule[8], AesNi.KeygenAssist(schedule[8], 0x1B));
        schedule[10] = NextRoundKey(schedule[9], AesNi.KeygenAssist(schedule[9], 0x36));
    }

    private static Vector128<byte> NextRoundKey(Vector128<byte> previous, Vector128<byte> assist)
    {
        uint word = assist.AsUInt32().GetElement(3);
        Vector128<uint> last = previous.AsUInt32();
        uint first = last.GetElement(0) ^ word;
        uint second = last.GetElement(1) ^ first;
        uint third = last.GetElement(2) ^ second;
        return Vector128.Create(first, second, third, last.GetElement(3) ^ third).AsByte();
    }
}
