using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Linkage.Bloom.Normalization;

/// <summary>The normal forms of one record's fields, in one buffer that is used again for the next record.</summary>
internal sealed class NormalizedRecord : IDisposable
{
    private readonly char[] _characters;
    private readonly int[] _lengths;

    public NormalizedRecord(int fieldCount)
    {
        _characters = GC.AllocateArray<char>(fieldCount * FieldNormalizer.MaxLength, pinned: true);
        _lengths = new int[fieldCount];
    }

    /// <summary>The normal form of a field; empty when missing.</summary>
    public ReadOnlySpan<char> this[int field] =>
        _characters.AsSpan(field * FieldNormalizer.MaxLength, _lengths[field]);

    /// <summary>Normalizes a raw value into a field's place.</summary>
    public NormalizationNotes Set(int field, FieldNormalizer normalizer, ReadOnlySpan<char> raw)
    {
        _lengths[field] = normalizer.Normalize(
            raw,
            _characters.AsSpan(field * FieldNormalizer.MaxLength, FieldNormalizer.MaxLength),
            out NormalizationNotes notes);
        return notes;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_characters.AsSpan()));
        Array.Clear(_lengths);
    }
}
