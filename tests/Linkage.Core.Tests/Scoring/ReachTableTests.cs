using Linkage.Bloom.Schemas;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Scoring;

public sealed class ReachTableTests
{
    /// <summary>Two parties with the very same rows; every row has another number.</summary>
    private static EncodedProject Twins(int count, LinkageSchema? schema = null)
    {
        var project = new EncodedProject(schema ?? SmallSchemas.TwoNumbers);
        string?[][] rows =
        [
            .. Enumerable.Range(0, count).Select(i => (string?[])
            [
                i % 5 == 1 ? null : $"{100 + i}",
                i % 7 == 2 || i % 5 == 1 ? null : $"{500 + i}",
                i % 3 == 0 ? null : $"name{(char)('a' + (i % 20))}",
            ]),
        ];
        project.Add("left", rows);
        project.Add("right", rows);
        return project;
    }

    [Fact]
    public void WeightOf_EveryRecordThatMeetsItsCopy_IsTheWeightOfThatPair()
    {
        using EncodedProject project = Twins(60);
        LinkResult result = Linker.Link(
            project.Files, new LinkerOptions { OneToOne = OneToOneMode.Off, KeepWeight = double.NegativeInfinity });

        LinkedPair[] copies =
        [
            .. result.Pairs.Where(pair => project.Parties[0].RowOf(pair.Left.Handle)
                == project.Parties[1].RowOf(pair.Right.Handle)),
        ];
        Assert.Equal(48, copies.Length);
        Assert.All(copies, pair =>
        {
            Assert.Equal(pair.Weight, result.Reach.WeightOf(pair.LeftRecord));
            Assert.Equal(pair.Weight, result.Reach.WeightOf(pair.RightRecord));
            Assert.Equal(pair.Probability, result.Reach.ProbabilityOf(pair.LeftRecord));
        });
    }

    [Fact]
    public void PassesOf_EveryRecord_CountsThePassesWhoseKeyItHas()
    {
        using EncodedProject project = Twins(60);
        LinkResult result = Linker.Link(project.Files);

        for (int record = 0; record < 60; record++)
        {
            int row = project.Parties[0].RowOf(result.Record(record).Handle);
            int passes = row % 5 == 1 ? 0 : row % 7 == 2 ? 1 : 2;
            Assert.Equal(passes, result.Reach.PassesOf(record));
            Assert.Equal(passes == 0, result.Reach.WeightOf(record) is null);
            Assert.Equal(passes == 0, result.Reach.ProbabilityOf(record) is null);
        }

        Assert.Equal(
            [new UnlinkableRecords("left", 60, 12, 0), new UnlinkableRecords("right", 60, 12, 0)], result.Unlinkable);
    }

    [Fact]
    public void Unlinkable_ThresholdBeyondReach_CountsEveryRecordThatIsInAPass()
    {
        LinkageSchema strict = SmallSchemas.TwoNumbers with
        {
            Thresholds = new DecisionThresholds(1 - 1e-12, 0.1),
        };
        using EncodedProject project = Twins(20, strict);

        LinkResult result = Linker.Link(project.Files);

        Assert.Equal(
            [new UnlinkableRecords("left", 20, 4, 16), new UnlinkableRecords("right", 20, 4, 16)], result.Unlinkable);
    }
}
