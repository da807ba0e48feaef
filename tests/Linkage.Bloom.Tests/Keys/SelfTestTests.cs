using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Keys;

public class SelfTestTests
{
    // Changes only with a change of bits: then partners' encodings break and the release notes must say so.
    private const string PeopleUnderKeyOne = "fa37340b96777138b6229e9fb38a516a850070819c1f3e89e3b921d5ab40ad5e";

    [Fact]
    public void Compute_FixedKeyAndSchema_IsTheKnownValue()
    {
        using KeyTree tree = Samples.Tree();
        Assert.Equal(PeopleUnderKeyOne, Convert.ToHexStringLower(SelfTest.Compute(Samples.People, tree)));
    }

    [Fact]
    public void Compute_OtherKey_Differs()
    {
        using KeyTree one = Samples.Tree(1);
        using KeyTree two = Samples.Tree(2);
        Assert.NotEqual(SelfTest.Compute(Samples.People, one), SelfTest.Compute(Samples.People, two));
    }

    [Fact]
    public void Cell_EveryKindAndRecord_IsThere()
    {
        foreach (FieldKind kind in Enum.GetValues<FieldKind>())
        {
            string[] cells = [.. Enumerable.Range(0, SelfTestRecords.Count).Select(i => SelfTestRecords.Cell(kind, i))];
            Assert.Equal(cells.Length, cells.Distinct().Count());
        }
    }
}
