using Linkage.Bloom.Storage;
using Linkage.Core.Blocking;
using Linkage.Core.Comparisons;
using Linkage.Core.Merging;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Merging;

public sealed class PassMergerTests
{
    private static readonly string?[][] LeftRows =
        [["11", "21", "ada"], ["12", "22", "berta"], ["13", null, "carla"], [null, null, "dora"], ["15", "25", "ada"]];

    private static readonly string?[][] RightRows =
        [["12", "22", "berta"], ["11", "29", "adam"], ["19", "25", "ada"], ["13", "23", null]];

    /// <summary>Source rows of both sides, capture history, and the pattern kept.</summary>
    private static (int Left, int Right, int Captures, string Pattern)[] Merge(EncodedProject project, bool[] within)
    {
        EncodedFile[] files = project.Files;
        var space = new RecordSpace(files);
        var merger = new PassMerger(files, space);
        for (int pass = 0; pass < project.Schema.Passes.Count; pass++)
        {
            var join = new PassJoin(files, pass, within, new RowComparer(project.Schema));
            merger.Add(pass, join.Run(CancellationToken.None).Pairs);
        }

        CandidatePairs candidates = merger.Merge();
        Assert.All(candidates.Left.Zip(candidates.Right), pair => Assert.True(pair.First < pair.Second));
        return
        [
            .. Enumerable.Range(0, candidates.Count)
                .Select(i => (
                    RowOf(candidates.Left[i]),
                    RowOf(candidates.Right[i]),
                    (int)candidates.Captures[i],
                    candidates.Patterns[candidates.Pattern[i]].Vector.ToPattern(3)))
                .Order(),
        ];

        int RowOf(int record) => project.Parties[space.PartyOf(record)].RowOf(space.Reference(record).Handle);
    }

    [Fact]
    public void Merge_TwoFiles_MapsRowsToRecordsAndKeepsTheFirstPattern()
    {
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("left", LeftRows);
        project.Add("right", RightRows);

        (int, int, int, string)[] merged = Merge(project, [false, false]);

        // The name of 11 is near or not: its level is that of the row comparer, tested elsewhere.
        Assert.Equal(
            [(0, 1, 1), (1, 0, 3), (2, 3, 1), (4, 2, 2)], merged.Select(row => (row.Item1, row.Item2, row.Item3)));
        Assert.Equal(["114", "1??", "014"], merged[1..].Select(row => row.Item4));
        Assert.StartsWith("10", merged[0].Item4, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_OneFile_PutsTheLowerRecordLeft()
    {
        using var project = new EncodedProject(SmallSchemas.TwoNumbers);
        project.Add("only", [.. LeftRows, .. RightRows]);

        (int Left, int Right, int Captures, string Pattern)[] merged = Merge(project, [true]);

        Assert.Equal(
            [(0, 6, 1), (1, 5, 3), (2, 8, 1), (4, 7, 2)],
            merged.Select(row => (Math.Min(row.Left, row.Right), Math.Max(row.Left, row.Right), row.Captures)).Order());
    }
}
