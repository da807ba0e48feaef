using Linkage.Bloom.Schemas;
using Linkage.Core.Comparisons;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Comparisons;

public sealed class ComparisonTests
{
    [Fact]
    public void FromSchema_GroupOfLaterFields_StandsAtItsFirstField()
    {
        IReadOnlyList<Comparison> comparisons = Comparison.FromSchema(SmallSchemas.Contact);

        Assert.Equal(["number", "home", "name", "sex"], comparisons.Select(comparison => comparison.Name));
        Assert.Equal(["street", "area", "phone"], comparisons[1].Fields);
        Assert.Equal([2, 5, 5, 2], comparisons.Select(comparison => comparison.LevelCount));
    }

    [Fact]
    public void FromSchema_Field_NamesItsLevelsWorstFirst()
    {
        IReadOnlyList<Comparison> comparisons = Comparison.FromSchema(SmallSchemas.Contact);

        Assert.Equal(["else", "similar ≥ 0.6", "similar ≥ 0.68", "similar ≥ 0.77", "equal"], comparisons[2].LevelNames);
        Assert.Equal(["else", "equal"], comparisons[3].LevelNames);
    }

    [Fact]
    public void FromSchema_Group_NamesItsRulesWorstFirst() =>
        Assert.Equal(
            ["else", "area equal", "street ≥ 0.6 and area ≥ 0.6", "phone ≥ 0.77", "street equal and area equal"],
            Comparison.FromSchema(SmallSchemas.Contact)[1].LevelNames);

    [Fact]
    public void FromSchema_GroupWithSwappedLevels_SaysWhatIsSwapped()
    {
        Comparison names = Comparison.FromSchema(SmallSchemas.SwappedNames)[1];

        Assert.Equal(["given", "family"], names.Fields);
        Assert.Equal("given and family swapped, one equal, one ≥ 0.6", names.LevelNames[8]);
        Assert.Equal("family equal and given equal", names.LevelNames[9]);
    }

    [Fact]
    public void FromSchema_SwappedLevelOfEqualNumbers_NamesTheNumberOnce()
    {
        LinkageSchema schema = SmallSchemas.SwappedNames;
        FieldGroup group = schema.Groups[0] with
        {
            Levels = [new Dictionary<string, int> { ["family"] = 2, ["given"] = 2 }],
            SwappedLevels = [0],
        };

        Assert.Equal(
            ["else", "given and family swapped, both ≥ 0.68"],
            Comparison.FromSchema(schema with { Groups = [group] })[1].LevelNames);
    }

    [Fact]
    public void FromSchema_SampleSchemas_CoverEveryFieldOnce()
    {
        foreach (string name in (string[])["us-people", "febrl4"])
        {
            LinkageSchema schema = Repository.Schema(name);
            IEnumerable<string> covered = Comparison.FromSchema(schema).SelectMany(comparison => comparison.Fields);

            Assert.Equal(
                schema.Fields.Select(field => field.Name).Order(StringComparer.Ordinal),
                covered.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void FromSchema_NoGroups_IsOneAField()
    {
        LinkageSchema schema = SmallSchemas.TwoNumbers;

        Assert.Equal(
            schema.Fields.Select(field => (field.Name, field.LevelCount)),
            Comparison.FromSchema(schema).Select(comparison => (comparison.Name, comparison.LevelCount)));
    }
}
