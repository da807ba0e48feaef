using System.Globalization;
using Linkage.Synthetic.Randomness;

namespace Linkage.Synthetic.Agencies;

/// <summary>Neutral identifiers: the agency's letters and eleven digits that say nothing, all different.</summary>
internal sealed class RecordIdentifiers
{
    private const ulong Range = 100_000_000_000;

    private readonly string _letters;
    private readonly ulong _factor;
    private readonly ulong _offset;

    internal RecordIdentifiers(ulong seed, int agency)
    {
        Xoshiro256 random = new(SplitMix64.Derive(seed, StreamPurpose.Identifiers, (ulong)agency));
        _letters = Letters(agency);

        // Coprime to the range, 2^11 * 5^11: multiplying by it is a permutation of the eleven-digit numbers.
        _factor = (random.Below(Range / 10) * 10) + random.Pick<ulong>([1, 3, 7, 9]);
        _offset = random.Below(Range);
    }

    internal string Of(int row)
    {
        UInt128 number = (((UInt128)_factor * (UInt128)row) + _offset) % Range;
        return _letters + number.ToString("D11", CultureInfo.InvariantCulture);
    }

    // A to Z, then AA, AB and so on.
    private static string Letters(int agency)
    {
        string last = ((char)('A' + (agency % 26))).ToString();
        return agency < 26 ? last : Letters((agency / 26) - 1) + last;
    }
}
