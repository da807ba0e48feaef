using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Blocking;

namespace Linkage.Bloom.Tests.Blocking;

public class SoundexTests
{
    [Theory]
    [InlineData("ROBERT", "R163")]
    [InlineData("RUPERT", "R163")]
    [InlineData("RUBIN", "R150")]
    [InlineData("ASHCRAFT", "A261")]
    [InlineData("ASHCROFT", "A261")]
    [InlineData("TYMCZAK", "T522")]
    [InlineData("PFISTER", "P236")]
    [InlineData("HONEYMAN", "H555")]
    [InlineData("WASHINGTON", "W252")]
    [InlineData("LEE", "L000")]
    [InlineData("GUTIERREZ", "G362")]
    [InlineData("JACKSON", "J250")]
    [InlineData("VANDEUSEN", "V532")]
    [InlineData("A", "A000")]
    [InlineData("7UP", "U100")]
    public void TryEncode_KnownName_GivesKnownCode(string name, string expected)
    {
        char[] code = new char[Soundex.Length];
        Assert.True(Soundex.TryEncode(name, code));
        Assert.Equal(expected, new string(code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("小林")]
    public void TryEncode_NoLatinLetter_HasNoCode(string name) =>
        Assert.False(Soundex.TryEncode(name, new char[Soundex.Length]));

    [Fact]
    public void TryEncode_AnyWord_GivesALetterAndThreeDigits() =>
        Prop.ForAll(Gen.Choose('A', 'Z').Select(c => (char)c).NonEmptyListOf().ToArbitrary(), letters =>
        {
            char[] code = new char[Soundex.Length];
            return Soundex.TryEncode(letters.ToArray(), code) && code[0] == letters[0]
                && code[1..].All(c => c is >= '0' and <= '6');
        }).QuickCheckThrowOnFailure();
}
