using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Normalization;

/// <summary>The cells that mean "no value", by kind of field.</summary>
/// <remarks>
/// Names are treated with care: Null, None, Na, Nil and Blank are family names. Marks such as - or ? need no entry,
/// since nothing is left of them.
/// </remarks>
internal static class MissingWords
{
    private static readonly string[] Everywhere =
    [
        "UNKNOWN", "UNK", "UNKN", "UNKNWN", "N/A", "NOT KNOWN", "NOT STATED", "NOT GIVEN", "NOT PROVIDED",
        "NOT AVAILABLE", "NOT APPLICABLE", "NOT RECORDED", "NOT REPORTED", "NOT SUPPLIED", "NOT SPECIFIED",
    ];

    private static readonly string[] OutsideNames =
    [
        "NULL", "NONE", "NA", "NAN", "NIL", "MISSING", "BLANK", "EMPTY", "UNDEFINED", "UNSPECIFIED", "UNAVAILABLE",
        "REFUSED", "DECLINED", "WITHHELD", "REDACTED", "TBA", "TBD",
    ];

    private static readonly string[] Names = ["NO NAME", "NO NAME GIVEN", "NAME UNKNOWN", "UNKNOWN UNKNOWN"];

    private static readonly string[] Sexes = ["U", "N", "0", "9"];

    private static readonly string[] Dates =
    [
        "00000000", "0000-00-00", "00-00-00", "99999999", "9999-12-31", "0001-01-01",
    ];

    private static readonly string[] Postcodes = ["00000", "99999", "0000"];

    /// <summary>Gives the words for a kind of field, as a person would write them.</summary>
    public static IEnumerable<string> For(FieldKind kind)
    {
        string[] own = kind switch
        {
            FieldKind.Name => Names,
            FieldKind.Sex => Sexes,
            FieldKind.Date => Dates,
            FieldKind.Postcode => Postcodes,
            _ => [],
        };
        return kind == FieldKind.Name ? [.. Everywhere, .. own] : [.. Everywhere, .. OutsideNames, .. own];
    }

    /// <summary>Whether a normal form is one that no list of words can hold: a run of one filler character.</summary>
    public static bool IsFiller(FieldKind kind, bool lastFour, ReadOnlySpan<char> form)
    {
        if (form.ContainsAnyExcept(form[0]))
        {
            return false;
        }

        bool crosses = form[0] == 'X' && form.Length >= 2;
        bool zeros = form[0] == '0';
        return kind switch
        {
            FieldKind.Name or FieldKind.Text or FieldKind.Address => crosses,
            FieldKind.Postcode => crosses,
            FieldKind.Number => crosses || (lastFour && zeros),
            FieldKind.Identifier => crosses || zeros,
            FieldKind.Phone => true,
            _ => false,
        };
    }
}
