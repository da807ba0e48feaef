using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using static Linkage.Bloom.Tests.Normalization.Cells;

namespace Linkage.Bloom.Tests.Normalization;

public class FieldNormalizerLawTests
{
    [Fact]
    public void Normalize_AnyCellOfAnyKind_IsIdempotent()
    {
        foreach (FieldKind kind in Kinds)
        {
            FieldNormalizer normalizer = Normalizer(kind);
            Check(raw =>
            {
                string once = normalizer.Normal(raw);
                return normalizer.Normal(once) == once;
            });
        }
    }

    [Fact]
    public void Normalize_LastFour_IsIdempotent()
    {
        FieldNormalizer normalizer = Normalizer(FieldKind.Number, role: FieldRole.LastFour);
        Check(raw =>
        {
            string once = normalizer.Normal(raw);
            return normalizer.Normal(once) == once && once.Length is 0 or 4;
        });
    }

    [Fact]
    public void Normalize_ExistingDateInAnyOrder_IsIdempotent()
    {
        foreach (DateOrder order in Enum.GetValues<DateOrder>())
        {
            FieldNormalizer normalizer = Normalizer(FieldKind.Date, order);
            for (int day = 0; day < 300 * 365; day += 7)
            {
                string canonical = new DateOnly(1850, 1, 1).AddDays(day).ToString("yyyyMMdd", null);
                Assert.Equal(canonical, normalizer.Normal(canonical, out NormalizationNotes notes));
                Assert.Equal(NormalizationNotes.None, notes);
            }
        }
    }

    [Fact]
    public void Normalize_AsciiCase_DoesNotMatter()
    {
        foreach (FieldKind kind in Kinds)
        {
            FieldNormalizer normalizer = Normalizer(kind);
            Check(raw => normalizer.Normal(Ascii(raw, char.ToLowerInvariant))
                == normalizer.Normal(Ascii(raw, char.ToUpperInvariant)));
        }
    }

    [Fact]
    public void Normalize_AnyCell_HoldsNoControlCharacterAndNoOuterOrDoubleSpace()
    {
        foreach (FieldKind kind in Kinds)
        {
            FieldNormalizer normalizer = Normalizer(kind);
            Check(raw =>
            {
                string normal = normalizer.Normal(raw);
                return normal.Length <= FieldNormalizer.MaxLength && !normal.Any(char.IsControl)
                    && normal == normal.Trim(' ') && !normal.Contains("  ", StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public void Normalize_LoneSurrogates_AreDropped()
    {
        foreach (FieldKind kind in Kinds)
        {
            FieldNormalizer normalizer = Normalizer(kind);
            Check(raw => IsWellFormed(normalizer.Normal(raw)));
        }
    }

    [Fact]
    public void Normalize_OneNormalizerOnManyThreads_GivesTheSame()
    {
        FieldNormalizer normalizer = Normalizer(FieldKind.Address);
        string[] cells = [.. Enumerable.Range(0, 200).Select(i => $"{i} Née Street #{i}")];
        string[] alone = [.. cells.Select(cell => normalizer.Normal(cell))];
        string[] together = new string[cells.Length];
        Parallel.For(0, cells.Length, i => together[i] = normalizer.Normal(cells[i]));
        Assert.Equal(alone, together);
    }

    private static string Ascii(string text, Func<char, char> map) =>
        string.Concat(text.Select(c => char.IsAscii(c) ? map(c) : c));

    private static bool IsWellFormed(string text)
    {
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD)
            {
                return false;
            }
        }

        return true;
    }
}
