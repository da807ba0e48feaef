using Linkage.Bloom.Normalization;

namespace Linkage.Bloom.Blocking;

/// <summary>The derivations of a street address: house number and street.</summary>
/// <remarks>
/// <para>
/// The house number is the first word that starts with a digit. Of several such words in a row the last counts, as in
/// 5/12 SMITH ST or UNIT 5 12 SMITH ST; an ordinal such as 19TH belongs to the street. A unit word and its number
/// or letter are passed over: APT 5 12 SMITH ST and 12 SMITH ST APT 5 have the same key.
/// </para>
/// <para>
/// The street is the first word after the house number that is no type, direction or unit word; where all of them are,
/// as in 5 NORTH CT, the first one.
/// </para>
/// </remarks>
internal static class AddressKeys
{
    /// <summary>Derives the house number, a space and the street's first word.</summary>
    /// <param name="address">An address in normal form.</param>
    /// <param name="streetLength">The most characters of the street's word.</param>
    /// <param name="destination">At least as long as the address.</param>
    /// <returns>The length of the key part; 0 without a house number or a street.</returns>
    public static int Derive(ReadOnlySpan<char> address, int streetLength, Span<char> destination)
    {
        ReadOnlySpan<char> number = [];
        ReadOnlySpan<char> street = [];
        ReadOnlySpan<char> fallback = [];
        bool afterUnit = false;
        foreach (Range range in address.Split(' '))
        {
            ReadOnlySpan<char> word = address[range];
            AddressWordClass kind = AddressWords.Classify(word);
            if (IsNumber(word))
            {
                // After the street has begun, a number is that of a unit or of nothing we know.
                number = fallback.IsEmpty && !(afterUnit && !number.IsEmpty) ? word : number;
            }
            else if (!number.IsEmpty && kind != AddressWordClass.Unit && !(afterUnit && word.Length == 1))
            {
                fallback = fallback.IsEmpty ? word : fallback;
                if (kind == AddressWordClass.Other)
                {
                    street = word;
                    break;
                }
            }

            afterUnit = kind == AddressWordClass.Unit;
        }

        street = street.IsEmpty ? fallback : street;
        if (street.IsEmpty)
        {
            return 0;
        }

        number.CopyTo(destination);
        destination[number.Length] = ' ';
        int length = number.Length + 1;
        return length + KeyDerivations.Prefix(street, streetLength, destination[length..]);
    }

    private static bool IsNumber(ReadOnlySpan<char> word) =>
        !word.IsEmpty && char.IsAsciiDigit(word[0]) && !IsOrdinal(word);

    private static bool IsOrdinal(ReadOnlySpan<char> word) =>
        word.Length > 2 && char.IsAsciiDigit(word[^3]) && word[^2..] is "ST" or "ND" or "RD" or "TH";
}
