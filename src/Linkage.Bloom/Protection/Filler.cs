using System.Buffers.Binary;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Protection;

/// <summary>What stands in the place of a missing value: random bits of the density of real ones.</summary>
internal static class Filler
{
    /// <summary>Fills a cell.</summary>
    /// <param name="field">The field whose value is missing.</param>
    /// <param name="scoped">
    /// True for protected outputs, which are uniform; false for base filters of constant weight.
    /// </param>
    /// <param name="random">Where the bits come from.</param>
    /// <param name="cell">The cell.</param>
    public static void Fill(FieldSchema field, bool scoped, RandomBytes random, Span<byte> cell)
    {
        if (scoped || field.IsTag)
        {
            random.Fill(cell);
            return;
        }

        Span<byte> draw = stackalloc byte[sizeof(ushort)];
        cell.Clear();
        for (int set = 0; set < field.Weight;)
        {
            random.Fill(draw);
            int position = BinaryPrimitives.ReadUInt16LittleEndian(draw) & (SchemaLimits.BitLength - 1);
            byte bit = (byte)(1 << (position & 7));
            set += (cell[position >> 3] & bit) == 0 ? 1 : 0;
            cell[position >> 3] |= bit;
        }
    }
}
