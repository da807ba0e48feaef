using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Normalization;
using Linkage.Bloom.Tokens;

namespace Linkage.Bloom.Tests.Tokens;

public class FieldTokenizerTests
{
    private static readonly Arbitrary<string> ShortWords =
        Gen.Elements("A", "B", "S", " ", "\uD840\uDC00").ArrayOf().Select(string.Concat).ToArbitrary();

    [Theory]
    [InlineData(FieldKind.Name, 2, "ANN", "_A AN NN N_")]
    [InlineData(FieldKind.Name, 3, "ANNA", "__A _AN ANN NNA NA_ A__")]
    [InlineData(FieldKind.Name, 3, "A", "__A _A_ A__")]
    [InlineData(FieldKind.Name, 1, "ANNA", "A N N~2 A~2")]
    [InlineData(FieldKind.Text, 2, "BOSS HESS", "_B BO OS SS S_ _H HE ES SS~2 S_~2")]
    [InlineData(FieldKind.Address, 2, "1 A", "_1 1_ _A A_")]
    [InlineData(FieldKind.Email, 2, "A@A", "_A A@ @A A_")]
    [InlineData(FieldKind.Name, 2, "SSSS", "_S SS SS~2 SS~3 S_")]
    [InlineData(FieldKind.Name, 2, "\uD840\uDC00\uD840\uDC01", "_\uD840\uDC00 \uD840\uDC00\uD840\uDC01 \uD840\uDC01_")]
    public void Tokenize_QGrams_GivesKnownTokens(FieldKind kind, int q, string value, string expected) =>
        Assert.Equal(expected, Printed(kind, TokenKind.QGram, q, value));

    [Theory]
    [InlineData(FieldKind.Postcode, "3044", "3~0 0~1 4~2 4~3")]
    [InlineData(FieldKind.Phone, "5550", "0~0 5~1 5~2 5~3")]
    [InlineData(FieldKind.Identifier, "A\uD840\uDC00B", "A~0 \uD840\uDC00~1 B~2")]
    [InlineData(FieldKind.Date, "??900203", "9~2 0~3 0~4 2~5 0~6 3~7")]
    public void Tokenize_Positional_GivesKnownTokens(FieldKind kind, string value, string expected) =>
        Assert.Equal(expected, Printed(kind, TokenKind.Positional, 0, value));

    [Theory]
    [InlineData("19900231", "Y9~1 Y0~0 M0~1 M2~0 D3~1 D1~0")]
    [InlineData("20900231", "Y9~1 Y0~0 M0~1 M2~0 D3~1 D1~0")]
    [InlineData("??900231", "Y9~1 Y0~0 M0~1 M2~0 D3~1 D1~0")]
    [InlineData("199002??", "Y9~1 Y0~0 M0~1 M2~0")]
    [InlineData("1990", "0~0 9~1 9~2 1~3")]
    public void Tokenize_DateParts_GivesKnownTokens(string value, string expected) =>
        Assert.Equal(expected, Printed(FieldKind.Date, TokenKind.DateParts, 0, value));

    [Fact]
    public void Tokenize_Exact_GivesTheValue() => Assert.Equal("F", Printed(FieldKind.Sex, TokenKind.Exact, 0, "F"));

    [Fact]
    public void Tokenize_PhoneWithoutAreaCode_KeepsTheTokensOfTheRest()
    {
        string[] whole = Tokens(FieldKind.Phone, TokenKind.Positional, 0, "9189816570");
        string[] rest = Tokens(FieldKind.Phone, TokenKind.Positional, 0, "9816570");
        Assert.Equal(10, whole.Length);
        Assert.Equal(7, rest.Length);
        Assert.Subset(whole.ToHashSet(), rest.ToHashSet());
    }

    [Fact]
    public void Tokenize_NameWithSpaces_EqualsNameWithout() =>
        Assert.Equal(
            Tokens(FieldKind.Name, TokenKind.QGram, 2, "MARYANN"),
            Tokens(FieldKind.Name, TokenKind.QGram, 2, "MARY ANN"));

    [Fact]
    public void Tokenize_AnyValue_GivesDifferentTokens()
    {
        foreach (FieldKind kind in Cells.Kinds)
        {
            FieldNormalizer normalizer = Cells.Normalizer(kind);
            Cells.Check(raw =>
            {
                string normal = normalizer.Normal(raw);
                return Enum.GetValues<TokenKind>().All(tokens =>
                {
                    string[] all = Tokens(kind, tokens, 2, normal);
                    return all.Distinct().Count() == all.Length && all.All(token => token.Length > 0);
                });
            });
        }
    }

    // The law that makes sets of numbered tokens behave as multisets: as many are shared as the plain q-grams share.
    [Fact]
    public void Tokenize_TwoValues_ShareAsManyTokensAsTheirMultisets()
    {
        for (int q = 1; q <= 4; q++)
        {
            int length = q;
            Prop.ForAll(ShortWords, ShortWords, (left, right) =>
            {
                int shared = Tokens(FieldKind.Text, TokenKind.QGram, length, left)
                    .Intersect(Tokens(FieldKind.Text, TokenKind.QGram, length, right)).Count();
                Dictionary<string, int> counts = PlainQGrams(left, length).CountBy(gram => gram).ToDictionary();
                int expected = PlainQGrams(right, length).CountBy(gram => gram)
                    .Sum(pair => Math.Min(pair.Value, counts.GetValueOrDefault(pair.Key)));
                return shared == expected;
            }).QuickCheckThrowOnFailure();
        }
    }

    [Fact]
    public void Tokenize_AWordOfAnyLength_GivesLengthPlusQMinusOneTokens()
    {
        for (int q = 1; q <= FieldTokenizer.MaxQ; q++)
        {
            for (int length = 1; length <= FieldNormalizer.MaxLength; length += 17)
            {
                string word = new('A', length);
                Assert.Equal(length + q - 1, Tokens(FieldKind.Name, TokenKind.QGram, q, word).Length);
            }
        }
    }

    [Fact]
    public void Tokenize_MissingValue_GivesNothing()
    {
        foreach (TokenKind tokens in Enum.GetValues<TokenKind>())
        {
            Assert.Empty(Tokens(FieldKind.Date, tokens, 2, ""));
        }
    }

    [Fact]
    public void Tokenize_WrongArguments_AreRefused()
    {
        TokenBuffer buffer = new();
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FieldTokenizer.Tokenize(FieldKind.Name, TokenKind.QGram, 0, "A", buffer));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FieldTokenizer.Tokenize(FieldKind.Name, TokenKind.QGram, FieldTokenizer.MaxQ + 1, "A", buffer));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FieldTokenizer.Tokenize(FieldKind.Name, (TokenKind)99, 2, "A", buffer));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FieldTokenizer.Tokenize(FieldKind.Name, TokenKind.Exact, 2, new string('A', 257), buffer));
        Assert.Equal(0, buffer.Count);
    }

    private static string Printed(FieldKind kind, TokenKind tokens, int q, string value) =>
        string.Join(' ', Tokens(kind, tokens, q, value))
            .Replace(FieldTokenizer.Sentinel, '_').Replace(FieldTokenizer.Mark, '~');

    private static string[] Tokens(FieldKind kind, TokenKind tokens, int q, string value)
    {
        TokenBuffer buffer = new();
        FieldTokenizer.Tokenize(kind, tokens, q, value, buffer);
        return [.. Enumerable.Range(0, buffer.Count).Select(i => buffer[i].ToString())];
    }

    private static IEnumerable<string> PlainQGrams(string text, int q)
    {
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string pad = new(FieldTokenizer.Sentinel, q - 1);
            string[] points = [.. (pad + word + pad).EnumerateRunes().Select(rune => rune.ToString())];
            for (int i = 0; i + q <= points.Length; i++)
            {
                yield return string.Concat(points[i..(i + q)]);
            }
        }
    }
}
