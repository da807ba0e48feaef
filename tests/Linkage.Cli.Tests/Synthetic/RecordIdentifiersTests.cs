using FsCheck;
using FsCheck.Fluent;
using Linkage.Synthetic.Agencies;

namespace Linkage.Cli.Tests.Synthetic;

public sealed class RecordIdentifiersTests
{
    [Fact]
    public void Of_AnySeed_IsUnique() =>
        Prop.ForAll<ulong>(seed =>
        {
            RecordIdentifiers identifiers = new(seed, 0);
            return Enumerable.Range(0, 500).Select(identifiers.Of).Distinct().Count() == 500;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(255, "IV")]
    public void Of_Agency_BeginsWithItsLetters(int agency, string letters) =>
        Assert.Matches($"^{letters}[0-9]{{11}}$", new RecordIdentifiers(1, agency).Of(int.MaxValue));
}
