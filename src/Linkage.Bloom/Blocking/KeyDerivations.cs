using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>Makes parts of block keys from normal forms.</summary>
/// <remarks>
/// Every derivation gives 0, no key, when a part it needs is missing. Prefixes count code points; a value shorter than
/// the prefix is taken whole.
/// </remarks>
internal static class KeyDerivations
{
    /// <summary>A destination of this length takes any derivation.</summary>
    public const int MaxLength = FieldNormalizer.MaxLength;

    private const int ShortestPhone = 7;
    private const int PrefixLength = 3;

    /// <summary>Derives from one field.</summary>
    /// <param name="kind">The derivation; <see cref="DerivationKind.NS"/> needs two fields and is refused.</param>
    /// <param name="normalized">The field's normal form; empty when missing.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> characters.</param>
    /// <returns>The length of the key part; 0 when there is none.</returns>
    public static int Derive(DerivationKind kind, ReadOnlySpan<char> normalized, Span<char> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MaxLength, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(normalized.Length, MaxLength, nameof(normalized));
        if (normalized.IsEmpty)
        {
            return 0;
        }

        return kind switch
        {
            DerivationKind.Whole or DerivationKind.F or DerivationKind.L or DerivationKind.Z or DerivationKind.N =>
                Prefix(normalized, int.MaxValue, destination),
            DerivationKind.F1 or DerivationKind.L1 or DerivationKind.S => Prefix(normalized, 1, destination),
            DerivationKind.F3 or DerivationKind.L3 or DerivationKind.Z3 => Prefix(normalized, 3, destination),
            DerivationKind.Z4 => Prefix(normalized, 4, destination),
            DerivationKind.FS => NameSoundex(normalized, isFamilyName: false, destination),
            DerivationKind.LS => NameSoundex(normalized, isFamilyName: true, destination),
            DerivationKind.D or DerivationKind.Dx or DerivationKind.Y or DerivationKind.YM or DerivationKind.MD
                or DerivationKind.MDx or DerivationKind.YD => FromDate(kind, normalized, destination),
            DerivationKind.A => AddressKeys.Derive(normalized, int.MaxValue, destination),
            DerivationKind.ASx => AddressKeys.Derive(normalized, PrefixLength, destination),
            DerivationKind.P => normalized.Length < ShortestPhone ? 0 : Prefix(normalized, int.MaxValue, destination),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>
    /// Derives NS: the Soundex codes of given and family name in ascending order, so that swapped names share a key.
    /// </summary>
    /// <param name="given">The given name's normal form.</param>
    /// <param name="family">The family name's normal form.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> characters.</param>
    /// <returns>The length of the key part; 0 when one of the names is missing.</returns>
    public static int DeriveSortedSoundex(
        ReadOnlySpan<char> given,
        ReadOnlySpan<char> family,
        Span<char> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MaxLength, nameof(destination));
        if (given.IsEmpty || family.IsEmpty)
        {
            return 0;
        }

        // Both as family names: whoever swaps the fields moves the particles with the name.
        Span<char> codes = stackalloc char[4 * PrefixLength];
        ReadOnlySpan<char> first = codes[..NameSoundex(given, isFamilyName: true, codes)];
        Span<char> rest = codes[first.Length..];
        ReadOnlySpan<char> second = rest[..NameSoundex(family, isFamilyName: true, rest)];
        bool swap = first.SequenceCompareTo(second) > 0;
        ReadOnlySpan<char> lower = swap ? second : first;
        ReadOnlySpan<char> upper = swap ? first : second;
        lower.CopyTo(destination);
        destination[lower.Length] = ' ';
        upper.CopyTo(destination[(lower.Length + 1)..]);
        codes.Clear();
        return lower.Length + 1 + upper.Length;
    }

    /// <summary>Copies the first code points of a value, without its spaces.</summary>
    internal static int Prefix(ReadOnlySpan<char> value, int count, Span<char> destination)
    {
        int length = 0;
        for (int i = 0; i < value.Length && count > 0; i++)
        {
            char c = value[i];
            if (c != ' ')
            {
                destination[length++] = c;
                count -= char.IsHighSurrogate(c) ? 0 : 1;
            }
        }

        return length;
    }

    // The code of the first word that has one; of a family name, the first that is no particle. A name without Latin
    // letters has no code and gives its first three characters instead, so that nobody is left without a key.
    private static int NameSoundex(ReadOnlySpan<char> name, bool isFamilyName, Span<char> destination)
    {
        ReadOnlySpan<char> chosen = [];
        foreach (Range range in name.Split(' '))
        {
            ReadOnlySpan<char> word = name[range];
            if (!word.ContainsAnyInRange('A', 'Z'))
            {
                continue;
            }

            if (!isFamilyName || !IsParticle(word))
            {
                chosen = word;
                break;
            }

            chosen = chosen.IsEmpty ? word : chosen;
        }

        return Soundex.TryEncode(chosen, destination) ? Soundex.Length : Prefix(name, PrefixLength, destination);
    }

    private static bool IsParticle(ReadOnlySpan<char> word) => word is
        "ABU" or "AL" or "AP" or "BEN" or "BIN" or "BINT" or "D" or "DA" or "DAS" or "DE" or "DEL" or "DELLA" or "DEN"
        or "DER" or "DES" or "DI" or "DO" or "DOS" or "DU" or "EL" or "IBN" or "LA" or "LAS" or "LE" or "LOS" or "MAC"
        or "MC" or "O" or "SAINT" or "SAN" or "SANTA" or "ST" or "TE" or "TEN" or "TER" or "VAN" or "VANDEN" or "VANDER"
        or "VER" or "VOM" or "VON" or "Y" or "ZU" or "ZUM" or "ZUR";

    private static int FromDate(DerivationKind kind, ReadOnlySpan<char> date, Span<char> destination)
    {
        if (date.Length != DateForm.Length)
        {
            return 0;
        }

        ReadOnlySpan<char> year = date[..4];
        ReadOnlySpan<char> month = date.Slice(4, 2);
        ReadOnlySpan<char> day = date.Slice(6, 2);
        bool swap = month.SequenceCompareTo(day) > 0;
        ReadOnlySpan<char> lower = swap ? day : month;
        ReadOnlySpan<char> upper = swap ? month : day;
        return kind switch
        {
            DerivationKind.D => Join(year, month, day, destination),
            DerivationKind.Dx => Join(year, lower, upper, destination),
            DerivationKind.Y => Join(year, [], [], destination),
            DerivationKind.YM => Join(year, month, [], destination),
            DerivationKind.YD => Join(year, [], day, destination),
            DerivationKind.MD => Join([], month, day, destination),
            DerivationKind.MDx => Join([], lower, upper, destination),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static int Join(
        ReadOnlySpan<char> first,
        ReadOnlySpan<char> second,
        ReadOnlySpan<char> third,
        Span<char> destination)
    {
        first.CopyTo(destination);
        second.CopyTo(destination[first.Length..]);
        int length = first.Length + second.Length;
        third.CopyTo(destination[length..]);
        length += third.Length;
        return destination[..length].Contains(DateForm.Unknown) ? 0 : length;
    }
}
