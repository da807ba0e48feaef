using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Keys;

/// <summary>The fixed synthetic records of the self-test: invented cells that every step has to work on.</summary>
/// <remarks>
/// Part of <c>linkage-key-check/1</c>: another cell needs another version of that format. Accents, marks and letters
/// that depend on a culture elsewhere (the Turkish i, the sharp s) are here on purpose.
/// </remarks>
internal static class SelfTestRecords
{
    /// <summary>Number of records.</summary>
    public const int Count = 4;

    /// <summary>The cell of a record for a field of a kind.</summary>
    public static string Cell(FieldKind kind, int record) => CellsOf(kind)[record];

    private static string[] CellsOf(FieldKind kind) => kind switch
    {
        FieldKind.Name => ["José-María", "O'Brien van der Straße", "ILIŞ Işık", "Zoe\u0308"],
        FieldKind.Date => ["1987-03-09", "29 Feb 2000", "19651231", "1990-02-31"],
        FieldKind.Sex => ["female", "M", "F", "unknown"],
        FieldKind.Address =>
            ["4708 North Quince Street, Apt #12", "Flat 3, 17 Œuvre Rd.", "PO Box 991", "1 Å Avenue Northwest"],
        FieldKind.Phone => ["+1 (555) 010-0199", "555.010.0142", "0015550100123", "5550100"],
        FieldKind.Postcode => ["19803-1234", "3044", "SW1A 1AA", "02134"],
        FieldKind.Number => ["0259", "7", "000-12-3456", "  41 "],
        FieldKind.Identifier => ["AB-0012/34", "900.11", "x9y8z7", "İ1ı2"],
        FieldKind.Email => ["Some.One+list@Example.ORG", "a@b.example", "ÜSER@example.net", "no at sign"],
        _ => ["New Łódź on Sea", "ÆRØ", "St. Mary's", "ﬁnch \u00A0 hill"],
    };
}
