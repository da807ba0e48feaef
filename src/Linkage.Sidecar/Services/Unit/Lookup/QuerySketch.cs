using System.Buffers.Binary;
using System.Security.Cryptography;
using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>What is remembered of a record that was looked up, to see whether others are nearly the same.</summary>
/// <remarks>Block tokens and a digest: both are keyed or protected encodings, and stay in memory. Immutable.</remarks>
internal sealed class QuerySketch
{
    private readonly UInt128?[] _tokens;
    private readonly byte[] _digest;

    private QuerySketch(UInt128?[] tokens, byte[] digest)
    {
        _tokens = tokens;
        _digest = digest;
    }

    /// <summary>The sketch of a record.</summary>
    public static QuerySketch Of(EncodedFile file, int record)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var tokens = new UInt128?[file.Passes.Count];
        Span<byte> presence = stackalloc byte[sizeof(uint)];
        for (int pass = 0; pass < tokens.Length; pass++)
        {
            int row = file.Merge.RowOf(record, pass);
            if (row < 0)
            {
                continue;
            }

            EncodedPass section = file.Passes[pass];
            tokens[pass] = section.Token(row);
            BinaryPrimitives.WriteUInt32LittleEndian(presence, section.Presence(row));
            digest.AppendData(presence);
            for (int field = 0; field < file.Header.Schema.Fields.Count; field++)
            {
                // What fills the place of a missing value is random.
                if (section.Travels(field) && (section.Presence(row) >> field & 1) != 0)
                {
                    digest.AppendData(section.Field(row, field));
                }
            }
        }

        return new QuerySketch(tokens, digest.GetHashAndReset());
    }

    /// <summary>Whether both are the same record, encoded twice.</summary>
    public bool IsSame(QuerySketch other) =>
        _tokens.AsSpan().SequenceEqual(other._tokens) && _digest.AsSpan().SequenceEqual(other._digest);

    /// <summary>Whether both differ, but in no more than one pass share no block.</summary>
    public bool IsNear(QuerySketch other)
    {
        int shared = 0;
        int apart = 0;
        for (int pass = 0; pass < Math.Min(_tokens.Length, other._tokens.Length); pass++)
        {
            if (_tokens[pass] is not null || other._tokens[pass] is not null)
            {
                _ = _tokens[pass] == other._tokens[pass] ? shared++ : apart++;
            }
        }

        return shared > 0 && apart <= 1 && shared > apart && !IsSame(other);
    }
}
