using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Evaluation;

namespace Linkage.Core.Tests.Evaluation;

public sealed class EvaluationRecordsTests
{
    [Fact]
    public void FromLabels_AnyLabels_SameTruthExactlyForEqualNonEmpty() =>
        Prop.ForAll(Gen.Elements("", "p", "P", "q", null).ArrayOf().ToArbitrary(), labels =>
        {
            EvaluationRecords records = EvaluationRecords.FromLabels(1, new int[labels.Length], labels);
            return Enumerable.Range(0, labels.Length).All(a => Enumerable.Range(0, labels.Length).All(
                b => records.AreSame(a, b) == (!string.IsNullOrEmpty(labels[a]) && labels[a] == labels[b])));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Constructor_CallerChangesItsArrays_KeepsItsOwn()
    {
        int[] truth = [4, 4];
        EvaluationRecords records = new(1, [0, 0], truth);

        truth[0] = 5;

        Assert.True(records.AreSame(0, 1));
        Assert.Equal((2, 1), (records.Count, records.SourceCount));
    }

    [Fact]
    public void Constructor_NumbersOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EvaluationRecords(0, [], []));
        Assert.Throws<ArgumentException>(() => new EvaluationRecords(1, [1], [0]));
        Assert.Throws<ArgumentException>(() => new EvaluationRecords(1, [-1], [0]));
        Assert.Throws<ArgumentException>(() => new EvaluationRecords(1, [0], [-2]));
    }

    [Fact]
    public void Constructor_LengthsDiffer_Throws()
    {
        Assert.Throws<ArgumentException>(() => new EvaluationRecords(1, [0], []));
        Assert.Throws<ArgumentException>(() => new EvaluationRecords(1, [0], [0], []));
        Assert.Throws<ArgumentException>(() => EvaluationRecords.FromLabels(1, [0], []));
    }
}
