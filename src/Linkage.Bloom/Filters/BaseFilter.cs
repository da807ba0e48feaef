using Linkage.Bloom.Hashing;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tokens;

namespace Linkage.Bloom.Filters;

/// <summary>Builds constant-weight Bloom filters: exactly W of 1,024 bits, whatever the length of the value.</summary>
/// <remarks>
/// Positions are taken round by round, one of every token's nested sequence at a time, until W bits are set, so the
/// popcount says nothing about the value (Bloom filters for names: Schnell, Bachteler, Reiher: Privacy-preserving
/// record linkage using Bloom filters, BMC Medical Informatics and Decision Making 9:41, 2009).
/// </remarks>
internal static class BaseFilter
{
    /// <summary>Bytes of a filter.</summary>
    public const int ByteLength = SchemaLimits.BitLength / 8;

    private const int RoundsAtOnce = 16;

    /// <summary>Builds the filter of a value's tokens.</summary>
    /// <param name="tokens">One token or more; their order does not matter.</param>
    /// <param name="table">Positions under the field's key.</param>
    /// <param name="weight">Bits to set.</param>
    /// <param name="destination"><see cref="ByteLength"/> bytes.</param>
    public static void Build(TokenBuffer tokens, TokenTable table, int weight, Span<byte> destination)
    {
        destination[..ByteLength].Clear();
        Span<int> order = tokens.Count <= 256 ? stackalloc int[tokens.Count] : new int[tokens.Count];
        Sort(tokens, order);

        // The rounds needed vary little; all sequences are read up to a depth, and deeper only while bits are missing.
        int set = 0;
        for (int depth = 0; set < weight; depth += RoundsAtOnce)
        {
            set = AddRounds(tokens, order, table, depth, weight, set, destination);
        }
    }

    private static int AddRounds(
        TokenBuffer tokens, ReadOnlySpan<int> order, TokenTable table, int depth, int weight, int set,
        Span<byte> filter)
    {
        Span<ushort> positions = order.Length * RoundsAtOnce <= 4096
            ? stackalloc ushort[order.Length * RoundsAtOnce]
            : new ushort[order.Length * RoundsAtOnce];
        for (int i = 0; i < order.Length; i++)
        {
            table.Positions(tokens[order[i]], depth + RoundsAtOnce)
                .Slice(depth, RoundsAtOnce)
                .CopyTo(positions[(i * RoundsAtOnce)..]);
        }

        // Whether a bit is new is as good as random: counted without a branch.
        for (int at = 0; at < RoundsAtOnce; at++)
        {
            for (int i = at; i < positions.Length; i += RoundsAtOnce)
            {
                ushort position = positions[i];
                ref byte part = ref filter[position >> 3];
                int bit = position & 7;
                set += (~part >> bit) & 1;
                part |= (byte)(1 << bit);
                if (set == weight)
                {
                    return set;
                }
            }
        }

        return set;
    }

    // The last round may end in its middle: a fixed order makes the filter a function of the set of tokens.
    private static void Sort(TokenBuffer tokens, Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            int at = i;
            while (at > 0 && tokens[order[at - 1]].SequenceCompareTo(tokens[i]) > 0)
            {
                order[at] = order[at - 1];
                at--;
            }

            order[at] = i;
        }
    }
}
