using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Blocking;
using Linkage.Core.Comparisons;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Blocking;

public sealed class PassJoinTests
{
    private static readonly LinkageSchema Schema = SmallSchemas.TwoNumbers;

    private static EncodedProject Encode(params int[] counts)
    {
        var project = new EncodedProject(Schema);
        for (int party = 0; party < counts.Length; party++)
        {
            project.Add($"party{party}", NumberRows.Make(counts[party], (ulong)party));
        }

        return project;
    }

    private static (List<RowPair> Pairs, RangeCounts Counts) Join(EncodedProject project, int pass, bool[] within) =>
        new PassJoin(project.Files, pass, within, new RowComparer(Schema)).Run(CancellationToken.None);

    /// <summary>All pairs of rows with equal tokens, by looking at every pair.</summary>
    private static HashSet<RowPair> BruteForce(EncodedProject project, int pass, bool[] within)
    {
        var comparer = new RowComparer(Schema);
        (int Party, int Row, EncodedPass Section)[] rows =
        [
            .. project.Files.SelectMany((file, party) => Enumerable.Range(0, file.Passes[pass].RowCount).Select(
                row => (party, row, file.Passes[pass]))),
        ];
        var pairs = new HashSet<RowPair>();
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < rows.Length; j++)
            {
                bool wanted = rows[i].Party != rows[j].Party || within[rows[i].Party];
                if (wanted && rows[i].Section.Token(rows[i].Row) == rows[j].Section.Token(rows[j].Row))
                {
                    ComparisonVector vector =
                        comparer.Compare(rows[i].Section, rows[i].Row, rows[j].Section, rows[j].Row);
                    pairs.Add(new RowPair(i, j, vector));
                }
            }
        }

        return pairs;
    }

    private static void ExpectBruteForce(int[] counts, bool[] within)
    {
        using EncodedProject project = Encode(counts);
        for (int pass = 0; pass < Schema.Passes.Count; pass++)
        {
            (List<RowPair> pairs, RangeCounts joined) = Join(project, pass, within);
            HashSet<RowPair> expected = BruteForce(project, pass, within);

            Assert.NotEmpty(expected);
            Assert.Equal(expected.Count, pairs.Count);
            Assert.Equal(expected, [.. pairs]);
            Assert.Equal(0, joined.DroppedBlocks);
        }
    }

    [Fact]
    public void Run_OneFile_IsTheBruteForceJoin() => ExpectBruteForce([70], [true]);

    [Fact]
    public void Run_TwoFiles_IsTheBruteForceJoin() => ExpectBruteForce([60, 80], [false, false]);

    [Fact]
    public void Run_ThreeFilesAndAnEmptyOne_IsTheBruteForceJoin() =>
        ExpectBruteForce([40, 0, 50, 30], [false, false, false, false]);

    [Fact]
    public void Run_OnePartyOfThreeHasDuplicates_ComparesWithinItAlone()
    {
        ExpectBruteForce([40, 50, 30], [false, true, false]);
        ExpectBruteForce([40, 50, 30], [true, false, true]);
    }

    [Fact]
    public void Run_OneFileWithoutDuplicates_ComparesNothing()
    {
        using EncodedProject project = Encode(70);

        (List<RowPair> pairs, RangeCounts counts) = Join(project, 0, [false]);

        Assert.Empty(pairs);
        Assert.Equal(0, counts.SharedBlocks);
        Assert.True(counts.LargestBlock > 1);
    }

    [Fact]
    public void Run_BlockOfTheLimitForAllParties_IsCompared()
    {
        using var project = new EncodedProject(Schema);
        project.Add("left", NumberRows.OneBlock(300, "77", 1000));
        project.Add("right", NumberRows.OneBlock(SchemaLimits.MaxBlockRecords - 300, "77", 5000));

        (List<RowPair> pairs, RangeCounts counts) = Join(project, 0, [false, false]);

        Assert.Equal(300 * (SchemaLimits.MaxBlockRecords - 300), pairs.Count);
        Assert.Equal(new RangeCounts(1, SchemaLimits.MaxBlockRecords, 0), counts);
    }

    [Fact]
    public void Run_BlockOverTheLimitForAllParties_IsDroppedAndCounted()
    {
        using var project = new EncodedProject(Schema);
        project.Add("left", [.. NumberRows.OneBlock(300, "77", 1000), .. NumberRows.OneBlock(2, "88", 2000)]);
        project.Add(
            "right",
            [
                .. NumberRows.OneBlock(SchemaLimits.MaxBlockRecords - 299, "77", 5000),
                .. NumberRows.OneBlock(3, "88", 6000),
            ]);

        (List<RowPair> pairs, RangeCounts counts) = Join(project, 0, [false, false]);

        Assert.Equal(6, pairs.Count);
        Assert.Equal(new RangeCounts(1, SchemaLimits.MaxBlockRecords + 1, 1), counts);
    }

    [Fact]
    public void Run_Counts_AreThoseOfTheBlocks()
    {
        using EncodedProject project = Encode(60, 80);
        UInt128[][] tokens =
        [
            .. project.Files.Select(file => file.Passes[0]).Select(
                pass => Enumerable.Range(0, pass.RowCount).Select(pass.Token).ToArray()),
        ];

        (_, RangeCounts counts) = Join(project, 0, [false, false]);

        Assert.Equal(tokens[0].Intersect(tokens[1]).Count(), counts.SharedBlocks);
        Assert.Equal(
            tokens.SelectMany(all => all).CountBy(token => token).Max(block => block.Value), counts.LargestBlock);
    }

    [Fact]
    public void Run_Again_GivesTheSamePairsInTheSameOrder()
    {
        using EncodedProject project = Encode(60, 80);
        (List<RowPair> first, RangeCounts counts) = Join(project, 1, [true, false]);

        for (int run = 0; run < 20; run++)
        {
            (List<RowPair> pairs, RangeCounts again) = Join(project, 1, [true, false]);

            Assert.Equal(first, pairs);
            Assert.Equal(counts, again);
        }
    }

    [Fact]
    public void Run_Pairs_ComeInTheOrderOfTheirTokens()
    {
        using EncodedProject project = Encode(60, 80);
        EncodedPass left = project.Files[0].Passes[0];

        (List<RowPair> pairs, _) = Join(project, 0, [false, false]);

        UInt128[] tokens = [.. pairs.Select(pair => left.Token(pair.Left))];
        Assert.Equal(tokens.Order(), tokens);
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        using EncodedProject project = Encode(5, 5);
        var join = new PassJoin(project.Files, 0, [false, false], new RowComparer(Schema));

        Assert.ThrowsAny<OperationCanceledException>(() => join.Run(new CancellationToken(canceled: true)));
    }
}
