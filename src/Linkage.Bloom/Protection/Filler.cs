using System.Security.Cryptography;
using Linkage.Bloom.Filters;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Protection;

/// <summary>What stands in the place of a missing value: random bits of the density of real ones.</summary>
internal static class Filler
{
    /// <summary>Fills a cell.</summary>
    /// <param name="field">The field whose value is missing.</param>
    /// <param name="scoped">True for protected outputs, which are uniform; false for base filters of constant weight.</param>
    /// <param name="cell">The cell.</param>
    public static void Fill(FieldSchema field, bool scoped, Span<byte> cell)
    {
        if (scoped || field.IsTag)
        {
            RandomNumberGenerator.Fill(cell);
            return;
        }

        cell.Clear();
        for (int set = 0; set < field.Weight;)
        {
            int position = RandomNumberGenerator.GetInt32(BaseFilter.ByteLength * 8);
            byte bit = (byte)(1 << (position & 7));
            set += (cell[position >> 3] & bit) == 0 ? 1 : 0;
            cell[position >> 3] |= bit;
        }
    }
}
