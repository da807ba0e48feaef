using System.Collections.Frozen;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Normalization;

/// <summary>Turns the cells of one field into their normal forms.</summary>
/// <remarks>
/// Immutable and safe to share between threads; nothing is allocated for a cell. A normal form normalizes to itself;
/// for dates in another order than <see cref="DateOrder.YearMonthDay"/> this holds for dates that exist.
/// </remarks>
internal sealed class FieldNormalizer
{
    /// <summary>The most characters of a cell that count, and the longest normal form.</summary>
    public const int MaxLength = 256;

    private readonly FieldKind _kind;
    private readonly bool _lastFour;
    private readonly DateOrder _dateOrder;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _missing;

    /// <summary>Makes a normalizer.</summary>
    /// <param name="kind">What the field holds.</param>
    /// <param name="role">What it means to the passes; <see cref="FieldRole.LastFour"/> keeps four digits.</param>
    /// <param name="dateOrder">The order of the parts of this source's dates.</param>
    /// <param name="missingWords">Words of the schema that mean "no value", beyond the built-in ones.</param>
    public FieldNormalizer(FieldKind kind, FieldRole role, DateOrder dateOrder, IEnumerable<string> missingWords)
    {
        ArgumentNullException.ThrowIfNull(missingWords);
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind));
        }

        if (!Enum.IsDefined(dateOrder))
        {
            throw new ArgumentOutOfRangeException(nameof(dateOrder));
        }

        _kind = kind;
        _lastFour = role == FieldRole.LastFour && kind is FieldKind.Number or FieldKind.Identifier;
        _dateOrder = dateOrder;
        _missing = Fold(MissingWords.For(kind).Concat(missingWords)).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Normalizes a cell.</summary>
    /// <param name="raw">The cell as it stands in the source.</param>
    /// <param name="destination">Takes the normal form; at least <see cref="MaxLength"/> characters long.</param>
    /// <param name="notes">What had to be done beyond the ordinary.</param>
    /// <returns>The length of the normal form; 0 when the cell holds no value.</returns>
    public int Normalize(ReadOnlySpan<char> raw, Span<char> destination, out NormalizationNotes notes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MaxLength, nameof(destination));
        int length = ToForm(raw, destination, out notes);
        if (length == 0)
        {
            return 0;
        }

        ReadOnlySpan<char> form = destination[..length];
        if (IsMissing(form))
        {
            notes &= ~NormalizationNotes.InvalidDate;
            return 0;
        }

        if (_kind == FieldKind.Sex)
        {
            char letter = SexForm.ToLetter(form);
            destination[0] = letter;
            return letter == '\0' ? 0 : 1;
        }

        return _kind == FieldKind.Date && !form.ContainsAnyInRange('0', '9') ? 0 : length;
    }

    private bool IsMissing(ReadOnlySpan<char> form) =>
        _missing.Contains(form) || MissingWords.IsFiller(_kind, _lastFour, form);

    // The words are compared as normal forms, so a schema may write them as they stand in the source.
    private FrozenSet<string> Fold(IEnumerable<string> words)
    {
        HashSet<string> forms = new(StringComparer.Ordinal);
        char[] form = new char[MaxLength];
        foreach (string word in words)
        {
            int length = ToForm(word, form, out _);
            if (length > 0)
            {
                forms.Add(new string(form, 0, length));
            }
        }

        return forms.ToFrozenSet(StringComparer.Ordinal);
    }

    private int ToForm(ReadOnlySpan<char> raw, Span<char> destination, out NormalizationNotes notes)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        notes = NormalizationNotes.None;
        ReadOnlySpan<char> folded = FoldCell(raw, buffer, ref notes);
        destination = destination[..MaxLength];
        int length = _kind switch
        {
            FieldKind.Name => WordForms.Words(folded, destination, joinAtPeriods: true),
            FieldKind.Text => WordForms.Words(folded, destination, joinAtPeriods: false),
            FieldKind.Address => ToAddress(folded, destination, ref notes),
            FieldKind.Email => WordForms.Email(folded, destination),
            FieldKind.Date => ToDate(folded, destination, ref notes),
            FieldKind.Phone => NumberForms.Phone(folded, destination),
            FieldKind.Postcode => WordForms.Postcode(folded, destination),
            _ when _lastFour => NumberForms.LastFour(folded, destination),
            FieldKind.Number => NumberForms.Number(folded, destination),
            _ => WordForms.LettersAndDigits(folded, destination),
        };
        buffer.Clear();
        return length;
    }

    private static ReadOnlySpan<char> FoldCell(ReadOnlySpan<char> raw, Span<char> buffer, ref NormalizationNotes notes)
    {
        if (raw.Length > MaxLength)
        {
            bool splits = char.IsSurrogatePair(raw[MaxLength - 1], raw[MaxLength]);
            raw = raw[..(splits ? MaxLength - 1 : MaxLength)];
            notes |= NormalizationNotes.Cut;
        }

        int length = LatinFolding.Fold(raw, buffer, out bool cut);
        notes |= cut ? NormalizationNotes.Cut : NormalizationNotes.None;
        return buffer[..length];
    }

    private static int ToAddress(ReadOnlySpan<char> folded, Span<char> destination, ref NormalizationNotes notes)
    {
        int length = WordForms.Address(folded, destination, out bool cut);
        notes |= cut ? NormalizationNotes.Cut : NormalizationNotes.None;
        return length;
    }

    // A cell without digits gives its letters, to be compared with the missing words.
    private int ToDate(ReadOnlySpan<char> folded, Span<char> destination, ref NormalizationNotes notes)
    {
        bool valid = false;
        int length = folded.ContainsAnyInRange('0', '9')
            ? DateForm.Parse(folded, _dateOrder, destination, out valid)
            : WordForms.LettersAndDigits(folded, destination);
        notes |= valid || length == 0 ? NormalizationNotes.None : NormalizationNotes.InvalidDate;
        return length;
    }
}
