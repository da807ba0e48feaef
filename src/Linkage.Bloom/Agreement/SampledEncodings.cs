using System.Security.Cryptography;
using Linkage.Bloom.Similarity;

namespace Linkage.Bloom.Agreement;

/// <summary>The base encodings of a sample of records in one comparison, side by side; wiped when disposed.</summary>
/// <param name="count">Records.</param>
/// <param name="lengths">Bytes of each field's base encoding.</param>
internal sealed class SampledEncodings(int count, int[] lengths) : IDisposable
{
    private readonly byte[] _cells = new byte[(long)count * lengths.Sum()];
    private readonly uint[] _presence = new uint[count];
    private readonly int[] _lengths = lengths;
    private readonly int _width = lengths.Sum();

    /// <summary>Records.</summary>
    public int Count => _presence.Length;

    /// <summary>Notes which fields a record has: bit i for the i-th of the comparison.</summary>
    public void SetPresence(int record, uint presence) => _presence[record] = presence;

    /// <summary>The place of a record's base encoding, to be filled.</summary>
    public Span<byte> Cell(int record, int position) =>
        _cells.AsSpan((record * _width) + _lengths.Take(position).Sum(), _lengths[position]);

    /// <summary>Compares two records.</summary>
    /// <param name="left">One record.</param>
    /// <param name="right">Another.</param>
    /// <param name="distances">Receives the differing bits of every field, or that one lacks it.</param>
    /// <returns>False when they have no field in common.</returns>
    public bool TryCompare(int left, int right, Span<int> distances)
    {
        uint both = _presence[left] & _presence[right];
        if (both == 0)
        {
            return false;
        }

        int leftAt = left * _width;
        int rightAt = right * _width;
        for (int position = 0; position < _lengths.Length; position++)
        {
            int length = _lengths[position];
            distances[position] = (both >> position & 1) == 0
                ? JointLevelChances.Missing
                : BitDistance.Hamming(_cells.AsSpan(leftAt, length), _cells.AsSpan(rightAt, length));
            leftAt += length;
            rightAt += length;
        }

        return true;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_cells);
}
