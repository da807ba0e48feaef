using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Tests.Normalization;

/// <summary>Cells to try normalization on, and shorthands to do so.</summary>
internal static class Cells
{
    public static readonly FieldKind[] Kinds = Enum.GetValues<FieldKind>();

    // Fragments that mean something to one kind or another, so that random cells reach the rare branches.
    private static readonly string[] Fragments =
    [
        "a", "Z", "7", "0", "00", "19", "1990", "02", "31", "x", "XX", "-", "/", ".", ":", " ",
        "  ", "'", "’", "#", "T", "?", "??", "@", "+", "_", "&", "\t", "\0", "\u007F", "\u00A0",
        "\u00AD", "\u200B", "\u0301", "\u0323", "é", "ß", "Æ", "ŉ", "ấ", "ﬃ", "＃", "＿", "＆", "Ａ",
        "٣", "ή", "й", "中", "한", "\uD840\uDC00", "\uD800", "\uDC00", "jan", "August", "st",
        "street", "Apartment", "unit", "north", "#5", "n/a", "null", "unknown", "male", "12",
        "5/12", "+61 2", "O'Brien", "Mary-Ann", "Ngô Đình", "9999-12-31", "0000", "12345-6789",
    ];

    public static Arbitrary<string> Arbitrary { get; } = Gen.OneOf(
        Gen.Elements(Fragments).ListOf().Select(parts => string.Concat(parts)),
        Gen.Choose(0, char.MaxValue).Select(code => (char)code).ArrayOf().Select(characters => new string(characters)),
        Gen.Choose(0, 60).SelectMany(count => Gen.Elements(Fragments).ArrayOf(count)).Select(
            parts => string.Concat(Enumerable.Repeat(string.Concat(parts), 8)))).ToArbitrary();

    public static FieldNormalizer Normalizer(
        FieldKind kind,
        DateOrder order = DateOrder.YearMonthDay,
        FieldRole role = FieldRole.None) => new(kind, role, order, []);

    public static string Normal(this FieldNormalizer normalizer, string raw) => normalizer.Normal(raw, out _);

    public static string Normal(this FieldNormalizer normalizer, string raw, out NormalizationNotes notes)
    {
        char[] destination = new char[FieldNormalizer.MaxLength];
        int length = normalizer.Normalize(raw, destination, out notes);
        return new string(destination, 0, length);
    }

    public static string Normal(FieldKind kind, string raw) => Normalizer(kind).Normal(raw);

    public static void Check(Func<string, bool> law) =>
        Prop.ForAll(Arbitrary, law).QuickCheckThrowOnFailure();
}
