using FsCheck;
using FsCheck.Fluent;
using Linkage.Synthetic.Agencies;
using Linkage.Synthetic.Randomness;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class TypistTests
{
    private static readonly Arbitrary<string> Words = Gen
        .Choose('A', 'Z').Select(letter => (char)letter).ArrayOf().Where(letters => letters.Length > 0)
        .Select(letters => new string(letters)).ToArbitrary();

    private static readonly Arbitrary<string> Digits = Gen
        .Choose('0', '9').Select(digit => (char)digit).ArrayOf().Where(digits => digits.Length > 0)
        .Select(digits => new string(digits)).ToArbitrary();

    [Fact]
    public void Misspell_AnyWord_ChangesIt() =>
        Prop.ForAll(Words, word => SeededChanges(word, Typist.Misspell)).QuickCheckThrowOnFailure();

    [Fact]
    public void Misspell_AnyWord_ChangesLengthByOneAtMost() =>
        Prop.ForAll(Words, word => Seeds().All(
            seed => Math.Abs(Typist.Misspell(new Xoshiro256(seed), word).Length - word.Length) <= 1))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Misspell_Empty_StaysEmpty() => Assert.Equal("", Typist.Misspell(new Xoshiro256(1), ""));

    [Fact]
    public void Misspell_ManySlips_DeletesAddsReplacesAndTransposes()
    {
        const string Word = "QWDFG";
        HashSet<string> slips = [.. Enumerable.Range(0, 2000).Select(
            seed => Typist.Misspell(new Xoshiro256((ulong)seed), Word))];

        Assert.Contains("QWFG", slips);
        Assert.Contains("QWDDFG", slips);
        Assert.Contains("QWSFG", slips);
        Assert.Contains("QDWFG", slips);
        Assert.DoesNotContain("QWPFG", slips);
    }

    [Fact]
    public void MistypeDigit_AnyDigits_ChangesThemButNotTheirNumber() =>
        Prop.ForAll(Digits, digits => SeededChanges(digits, Typist.MistypeDigit)
            && Seeds().All(seed => Typist.MistypeDigit(new Xoshiro256(seed), digits).Length == digits.Length))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void MistypeDigit_PhoneNumber_KeepsItsForm() =>
        Assert.All(Seeds(), seed => Assert.Matches(
            "^[0-9]{3}-[0-9]{3}-[0-9]{4}$", Typist.MistypeDigit(new Xoshiro256(seed), "212-555-0187")));

    private static bool SeededChanges(string text, Func<Xoshiro256, string, string> slip) =>
        Seeds().All(seed => slip(new Xoshiro256(seed), text) != text);

    private static IEnumerable<ulong> Seeds() => Enumerable.Range(0, 40).Select(seed => (ulong)seed);
}
