using System.Globalization;
using Linkage.Bloom.Normalization;

namespace Linkage.Bloom.Tests.Normalization;

public class LatinFoldingTests
{
    // Letters without a sensible base in A-Z: tone letters, clicks, gha, esh, yogh, glottal stops and their like.
    private const string Kept = "ƄƅƍƛƜƢƣƧƨƩƪƸƹƺƻƼƽƾǀǁǂǃȜȝɁɂɅ";

    [Fact]
    public void Fold_EveryLatinLetterOfTheBlocks_IsAsciiOrKeptDeliberately()
    {
        int seen = 0;
        foreach (int code in Enumerable.Range(0xC0, 0x250 - 0xC0).Concat(Enumerable.Range(0x1E00, 0x100)))
        {
            char letter = (char)code;
            if (letter is '×' or '÷')
            {
                Assert.Equal(" ", Fold(letter.ToString()));
                continue;
            }

            seen++;
            string folded = Fold(letter.ToString());
            bool ascii = folded.Length is 1 or 2 && folded.All(char.IsAsciiLetterUpper);
            bool kept = folded.Length == 1 && Kept.Contains(letter, StringComparison.Ordinal)
                && Kept.Contains(folded[0], StringComparison.Ordinal);
            Assert.True(ascii ^ kept, code.ToString("X4", CultureInfo.InvariantCulture));
        }

        Assert.Equal(0x190 - 2 + 0x100, seen);
    }

    [Theory]
    [InlineData("ÀÁÂÃÄÅ àáâãäå", "AAAAAA AAAAAA")]
    [InlineData("Çç Ññ Ÿÿ Šš Žž", "CC NN YY SS ZZ")]
    [InlineData("Æ æ Œ œ ß ẞ Þ þ ĳ Ĳ ǆ", "AE AE OE OE SS SS TH TH IJ IJ DZ")]
    [InlineData("Øø Đđ Ðð Łł ıİ ħĦ", "OO DD DD LL II HH")]
    [InlineData("Nguyễn Thị Hồng Ánh Đặng Phước Ưng", "NGUYEN THI HONG ANH DANG PHUOC UNG")]
    [InlineData("ŐŰ őű ĄĘ ąę Țț Şş Ğğ Əə", "OU OU AE AE TT SS GG EE")]
    [InlineData("ﬁﬂﬃ ﬆ", "FIFLFFI ST")]
    [InlineData("Ａｂ９＠．＿＆", "AB9@._&")]
    [InlineData("Αθήνα Σίσυφος Ὀδυσσεύς", "ΑΘΗΝΑ ΣΙΣΥΦΟΣ ΟΔΥΣΣΕΥΣ")]
    [InlineData("Фёдор Йосиф Ґалаґан Ђорђе", "ФЕДОР ИОСИФ ҐАЛАҐАН ЂОРЂЕ")]
    [InlineData("٣٤ ۵ ² ₃ ⁵", "34 5 2 3 5")]
    [InlineData("中村 한국 עברית", "中村 한국 עברית")]
    [InlineData("’‘ʻ´ – “”…«»\u00A0", "'''' -       ")]
    [InlineData("a\u00ADb\u200Bc\uFEFFd", "ABCD")]
    public void Fold_KnownText_GivesKnownAnswer(string raw, string expected)
    {
        Assert.Equal(expected, Fold(raw));
    }

    [Theory]
    [InlineData("é", "e\u0301")]
    [InlineData("Ñ", "N\u0303")]
    [InlineData("Å", "A\u030A")]
    [InlineData("ç", "c\u0327")]
    [InlineData("ế", "e\u0302\u0301")]
    [InlineData("ợ", "o\u031B\u0323")]
    [InlineData("ữ", "u\u031B\u0303")]
    [InlineData("ǘ", "u\u0308\u0301")]
    [InlineData("ǽ", "æ\u0301")]
    [InlineData("ǿ", "ø\u0301")]
    [InlineData("ǯ", "ʒ\u030C")]
    [InlineData("ẛ", "ſ\u0307")]
    [InlineData("ΐ", "ι\u0308\u0301")]
    [InlineData("ᾷ", "α\u0342\u0345")]
    [InlineData("й", "и\u0306")]
    [InlineData("ў", "у\u0306")]
    public void Fold_Decomposed_EqualsPrecomposed(string precomposed, string decomposed)
    {
        Assert.Equal(Fold(precomposed), Fold(decomposed));
    }

    [Fact]
    public void Fold_EveryTabledLetter_FoldsLikeItsOtherCase()
    {
        foreach (int code in Enumerable.Range(0xC0, 0x470).Concat(Enumerable.Range(0x1E00, 0x200)))
        {
            char letter = (char)code;
            if (letter is >= '\u0300' and <= '\u036F')
            {
                continue; // combining marks: one of them has a letter as its upper case
            }

            string folded = Fold(letter.ToString());
            Assert.Equal(folded, Fold(char.ToUpperInvariant(letter).ToString()));
            Assert.Equal(folded, Fold(char.ToLowerInvariant(letter).ToString()));
        }
    }

    [Fact]
    public void Fold_EveryCodeUnit_IsIdempotent()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            string once = Fold(((char)code).ToString());
            Assert.True(once == Fold(once), code.ToString("X4", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Fold_LettersThatDoNotFit_AreLeftOutWhole()
    {
        char[] destination = new char[3];
        Assert.Equal(2, LatinFolding.Fold("abß", destination, out bool cut));
        Assert.True(cut);
        Assert.Equal(2, LatinFolding.Fold("ab\uD840\uDC00", destination, out cut));
        Assert.True(cut);
        Assert.Equal(3, LatinFolding.Fold("abc", destination, out cut));
        Assert.False(cut);
    }

    private static string Fold(string raw)
    {
        char[] destination = new char[3 * raw.Length];
        int length = LatinFolding.Fold(raw, destination, out bool cut);
        Assert.False(cut);
        return new string(destination, 0, length);
    }
}
