using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Linkage.Bloom.Filters;
using Linkage.Bloom.Kernels;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Protection;

/// <summary>
/// The secrets of one block of one pass: an index set for all its fields, and a mask and a nonce for each.
/// </summary>
/// <remarks>
/// All come from one AES-CTR stream under the pass's key with the block's secret nonce: t · 1,024 bytes whose low seven
/// bits choose a byte of the filter, t · 512 bytes whose half-bytes choose its bit, then for every field 128 bytes of
/// mask and 16 bytes of tag nonce. Fields may share the set because they have independent hash keys and masks, but for
/// a field that its schema keys as another: it takes that one's, to be comparable with it, and its own go unused. Two
/// blocks never share a set: a shared one can be recovered from the outputs alone. Reused from block to block; not
/// thread-safe.
/// </remarks>
internal sealed class BlockScope : IDisposable
{
    private const int Diffusion = SchemaLimits.DiffusionCount;
    private const int IndexLength = Diffusion * SchemaLimits.BitLength;
    private const int NibbleLength = IndexLength / 2;
    private const int FieldLength = BaseFilter.ByteLength + CounterCipher.BlockLength;

    private readonly CounterCipher _streams;
    private readonly CounterCipher _tags;
    private readonly int[] _keyOwners;
    private readonly byte[] _stream;
    private readonly byte[] _byteIndexes = new byte[IndexLength];
    private readonly byte[] _bitMasks = new byte[IndexLength];

    /// <summary>Makes a scope that is not yet of any block.</summary>
    /// <param name="diffusionKey">The pass's key for index sets and masks, 16 bytes.</param>
    /// <param name="tagKey">The pass's key for equality tags, 16 bytes.</param>
    /// <param name="fieldCount">Fields, each with secrets of its own.</param>
    public BlockScope(ReadOnlySpan<byte> diffusionKey, ReadOnlySpan<byte> tagKey, int fieldCount)
        : this(diffusionKey, tagKey, [.. Enumerable.Range(0, fieldCount)])
    {
    }

    /// <summary>Makes a scope in which fields may share their secrets.</summary>
    /// <param name="diffusionKey">The pass's key for index sets and masks, 16 bytes.</param>
    /// <param name="tagKey">The pass's key for equality tags, 16 bytes.</param>
    /// <param name="keyOwners">For every field the index of the one whose secrets it takes.</param>
    public BlockScope(ReadOnlySpan<byte> diffusionKey, ReadOnlySpan<byte> tagKey, int[] keyOwners)
    {
        _keyOwners = keyOwners;
        _streams = new CounterCipher(diffusionKey);
        _tags = new CounterCipher(tagKey);
        _stream = new byte[IndexLength + NibbleLength + (keyOwners.Length * FieldLength)];
    }

    /// <summary>Bytes of an equality tag.</summary>
    public const int TagLength = 8;

    /// <summary>Takes on the secrets of a block.</summary>
    /// <param name="nonce">The secret half of the block key's HMAC, 16 bytes.</param>
    public void Enter(ReadOnlySpan<byte> nonce)
    {
        _streams.Fill(nonce, _stream);
        IndexExpansion.ToByteIndexes(_stream.AsSpan(0, IndexLength), _byteIndexes);
        IndexExpansion.ToBitMasks(_stream.AsSpan(IndexLength, NibbleLength), _bitMasks);
    }

    /// <summary>Diffuses and masks a base filter.</summary>
    /// <param name="field">Index of the field.</param>
    /// <param name="filter">128 bytes.</param>
    /// <param name="destination">128 bytes.</param>
    public void Protect(int field, ReadOnlySpan<byte> filter, Span<byte> destination)
    {
        DiffusionKernel.Apply(filter, _byteIndexes, _bitMasks, destination);
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(destination);
        ReadOnlySpan<ulong> mask = MemoryMarshal.Cast<byte, ulong>(FieldSecrets(field)[..BaseFilter.ByteLength]);
        for (int i = 0; i < mask.Length; i++)
        {
            words[i] ^= mask[i];
        }
    }

    /// <summary>Makes the equality tag of a value's digest: equal in this block and field only.</summary>
    /// <param name="field">Index of the field.</param>
    /// <param name="digest">16 bytes, keyed.</param>
    /// <param name="destination">8 bytes.</param>
    public void MakeTag(int field, ReadOnlySpan<byte> digest, Span<byte> destination)
    {
        Span<byte> block = stackalloc byte[CounterCipher.BlockLength];
        ReadOnlySpan<byte> nonce = FieldSecrets(field)[BaseFilter.ByteLength..];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = (byte)(digest[i] ^ nonce[i]);
        }

        _tags.EncryptBlock(block, block);
        block[..TagLength].CopyTo(destination);
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_stream);
        CryptographicOperations.ZeroMemory(_byteIndexes);
        CryptographicOperations.ZeroMemory(_bitMasks);
        _streams.Dispose();
        _tags.Dispose();
    }

    private ReadOnlySpan<byte> FieldSecrets(int field) =>
        _stream.AsSpan(IndexLength + NibbleLength + (_keyOwners[field] * FieldLength), FieldLength);
}
