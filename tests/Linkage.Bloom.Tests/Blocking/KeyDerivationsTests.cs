using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Blocking;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Normalization;

namespace Linkage.Bloom.Tests.Blocking;

public class KeyDerivationsTests
{
    [Theory]
    [InlineData("F", "MARY ANN", "MARYANN")]
    [InlineData("F1", "MARY", "M")]
    [InlineData("F3", "JO ANN", "JOA")]
    [InlineData("F3", "JO", "JO")]
    [InlineData("F3", "\uD840\uDC00ABC", "\uD840\uDC00AB")]
    [InlineData("FS", "ROBERT JAMES", "R163")]
    [InlineData("FS", "VAN", "V500")]
    [InlineData("L", "DE LA CRUZ", "DELACRUZ")]
    [InlineData("L1", "DE LA CRUZ", "D")]
    [InlineData("L3", "DE LA CRUZ", "DEL")]
    [InlineData("LS", "DE LA CRUZ", "C620")]
    [InlineData("LS", "VAN DER BERG", "B620")]
    [InlineData("LS", "MC DONALD", "D543")]
    [InlineData("LS", "MCDONALD", "M235")]
    [InlineData("LS", "DE LA", "D000")]
    [InlineData("LS", "小林 直樹", "小林直")]
    [InlineData("LS", "ИВАНОВ", "ИВА")]
    [InlineData("LS", "3RD SMITH", "R300")]
    [InlineData("S", "F", "F")]
    [InlineData("Z", "SW1A1AA", "SW1A1AA")]
    [InlineData("Z3", "19803", "198")]
    [InlineData("Z4", "19803", "1980")]
    [InlineData("N", "0220", "0220")]
    [InlineData("P", "9189816570", "9189816570")]
    [InlineData("P", "9816570", "9816570")]
    [InlineData("P", "981657", "")]
    [InlineData("Whole", "NEW YORK", "NEWYORK")]
    public void Derive_KnownValue_GivesKnownKey(string kind, string value, string expected) =>
        Assert.Equal(expected, Derive(Enum.Parse<DerivationKind>(kind), value));

    [Theory]
    [InlineData("D", "19900203", "19900203")]
    [InlineData("Dx", "19900203", "19900203")]
    [InlineData("Dx", "19900302", "19900203")]
    [InlineData("Y", "19900203", "1990")]
    [InlineData("YM", "19900203", "199002")]
    [InlineData("MD", "19900203", "0203")]
    [InlineData("MDx", "19901203", "0312")]
    [InlineData("YD", "19900203", "199003")]
    [InlineData("D", "19901399", "19901399")]
    [InlineData("D", "??900203", "")]
    [InlineData("Dx", "??900203", "")]
    [InlineData("Y", "??900203", "")]
    [InlineData("YD", "??900203", "")]
    [InlineData("MD", "??900203", "0203")]
    [InlineData("MDx", "??900302", "0203")]
    [InlineData("YM", "199002??", "199002")]
    [InlineData("YD", "199002??", "")]
    [InlineData("MD", "1990??03", "")]
    [InlineData("D", "1990", "")]
    [InlineData("Y", "1990", "")]
    public void Derive_Date_NeedsTheParts(string kind, string value, string expected) =>
        Assert.Equal(expected, Derive(Enum.Parse<DerivationKind>(kind), value));

    [Theory]
    [InlineData("4708 19TH LN", "4708 19TH", "4708 19T")]
    [InlineData("553 CAMBRIDGE BLVD", "553 CAMBRIDGE", "553 CAM")]
    [InlineData("12 N OAK ST", "12 OAK", "12 OAK")]
    [InlineData("5 12 SMITH ST", "12 SMITH", "12 SMI")]
    [InlineData("UNIT 5 12 SMITH ST", "12 SMITH", "12 SMI")]
    [InlineData("12 APT 5 SMITH ST", "12 SMITH", "12 SMI")]
    [InlineData("12 APT B SMITH ST", "12 SMITH", "12 SMI")]
    [InlineData("12 SMITH ST APT 5", "12 SMITH", "12 SMI")]
    [InlineData("LOT 7 OLD MILL RD", "7 OLD", "7 OLD")]
    [InlineData("12B SMITH ST", "12B SMITH", "12B SMI")]
    [InlineData("5 N CT", "5 N", "5 N")]
    [InlineData("100 AVE A", "100 A", "100 A")]
    [InlineData("SMITH ST", "", "")]
    [InlineData("PO BOX 12", "", "")]
    [InlineData("12", "", "")]
    public void Derive_Address_GivesNumberAndStreet(string value, string whole, string first)
    {
        Assert.Equal(whole, Derive(DerivationKind.A, value));
        Assert.Equal(first, Derive(DerivationKind.ASx, value));
    }

    [Fact]
    public void Derive_DayAndMonthSwapped_KeepsDxAndMDx() =>
        Prop.ForAll(Gen.Choose(1, 99).Two().ToArbitrary(), pair =>
        {
            string date = $"1990{pair.Item1:00}{pair.Item2:00}";
            string swapped = $"1990{pair.Item2:00}{pair.Item1:00}";
            return Derive(DerivationKind.Dx, date) == Derive(DerivationKind.Dx, swapped)
                && Derive(DerivationKind.MDx, date) == Derive(DerivationKind.MDx, swapped);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void DeriveSortedSoundex_NamesSwapped_GivesTheSame()
    {
        FieldNormalizer normalizer = Cells.Normalizer(FieldKind.Name);
        Prop.ForAll(Cells.Arbitrary, Cells.Arbitrary, (left, right) =>
        {
            string given = normalizer.Normal(left);
            string family = normalizer.Normal(right);
            string key = Sorted(given, family);
            return key == Sorted(family, given) && (key.Length == 0) == (given.Length == 0 || family.Length == 0);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("ROBERT", "ASHCRAFT", "A261 R163")]
    [InlineData("JUAN", "DE LA CRUZ", "C620 J500")]
    [InlineData("直樹", "SMITH", "S530 直樹")]
    [InlineData("", "SMITH", "")]
    [InlineData("ROBERT", "", "")]
    public void DeriveSortedSoundex_KnownNames_GivesKnownKey(string given, string family, string expected) =>
        Assert.Equal(expected, Sorted(given, family));

    [Fact]
    public void Derive_AnyName_HasEveryNameKey()
    {
        FieldNormalizer normalizer = Cells.Normalizer(FieldKind.Name);
        DerivationKind[] kinds =
        [
            DerivationKind.F, DerivationKind.F1, DerivationKind.F3, DerivationKind.FS,
            DerivationKind.L, DerivationKind.L1, DerivationKind.L3, DerivationKind.LS, DerivationKind.Whole,
        ];
        Cells.Check(raw =>
        {
            string name = normalizer.Normal(raw);
            return kinds.All(kind => (Derive(kind, name).Length > 0) == (name.Length > 0));
        });
    }

    [Fact]
    public void Derive_AnyFormByAnyDerivation_DoesNotThrow()
    {
        DerivationKind[] kinds = [.. Enum.GetValues<DerivationKind>().Where(kind => kind != DerivationKind.NS)];
        foreach (FieldKind field in Cells.Kinds)
        {
            FieldNormalizer normalizer = Cells.Normalizer(field);
            Cells.Check(raw =>
            {
                string normal = normalizer.Normal(raw);
                return kinds.All(kind => Derive(kind, normal).Length <= normal.Length + 3);
            });
        }
    }

    [Fact]
    public void Derive_TwoFieldDerivation_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Derive(DerivationKind.NS, "ROBERT"));

    [Fact]
    public void Derive_ShortDestination_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => KeyDerivations.Derive(DerivationKind.F, "A", new char[KeyDerivations.MaxLength - 1]));

    private static string Derive(DerivationKind kind, string value)
    {
        char[] destination = new char[KeyDerivations.MaxLength];
        return new string(destination, 0, KeyDerivations.Derive(kind, value, destination));
    }

    private static string Sorted(string given, string family)
    {
        char[] destination = new char[KeyDerivations.MaxLength];
        return new string(destination, 0, KeyDerivations.DeriveSortedSoundex(given, family, destination));
    }
}
