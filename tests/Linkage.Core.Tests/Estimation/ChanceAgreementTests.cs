using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Estimation;

public sealed class ChanceAgreementTests
{
    private const long Million = 1_000_000;

    private static LinkageSchema Schema => SmallSchemas.TwoNumbers;

    [Fact]
    public void Pool_OneOwner_IsItsShares()
    {
        double[] u = ChanceAgreement.Pool(Schema, [Owner(Numbers(250_000, Million))])[0]!;

        Assert.Equal([0.75, 0.25], u);
    }

    [Fact]
    public void Pool_NumberThatIsNotTold_IsFiveOfItsPairs()
    {
        ComparisonAgreement row = new("one", [new(200 * Million - 5, 200 * Million), new(null, 200 * Million)]);

        Assert.Equal(5.0 / (200 * Million), ChanceAgreement.Pool(Schema, [Owner(row)])[0]![1], 1e-20);
    }

    [Fact]
    public void Pool_TwoLargeOwners_WeighAlikeHoweverManyPairsTheyHave()
    {
        double[] u = ChanceAgreement.Pool(
            Schema, [Owner(Numbers(1_000_000, 10 * Million)), Owner(Numbers(60 * Million, 200 * Million))])[0]!;

        Assert.Equal(0.2, u[1], 1e-12);
    }

    [Fact]
    public void Pool_SmallOwner_WeighsAsItsPairs()
    {
        double[] u = ChanceAgreement.Pool(
            Schema, [Owner(Numbers(300_000, Million)), Owner(Numbers(100_000, 500_000))])[0]!;

        Assert.Equal(400_000.0 / 1_500_000, u[1], 1e-12);
    }

    [Fact]
    public void Pool_ComparisonOfNoOwner_IsNull()
    {
        IReadOnlyList<double[]?> u = ChanceAgreement.Pool(Schema, [Owner(Numbers(30, 4_950)), Owner()]);

        Assert.Equal([true, false, false], u.Select(levels => levels is not null));
        Assert.All(ChanceAgreement.Pool(Schema, []), Assert.Null);
    }

    [Fact]
    public void Pool_FileWithoutATable_IsLeftOut() =>
        Assert.All(ChanceAgreement.Pool(Schema, [Owner() with { Agreement = null }]), Assert.Null);

    [Fact]
    public void Pool_FileOfOtherLevels_IsLeftOut()
    {
        EncodedFileHeader other = Owner(Numbers(30, 4_950)) with { Schema = Schema with { Notes = "other" } };

        Assert.All(ChanceAgreement.Pool(Schema, [other]), Assert.Null);
    }

    [Fact]
    public void Pool_AnyTables_AreDistributionsWhateverTheOrderOfOwners() =>
        Prop.ForAll(Gen.Choose(0, 2000).ArrayOf(4).NonEmptyListOf().ToArbitrary(), drawn =>
        {
            EncodedFileHeader[] owners =
            [
                .. drawn.Select(counts => Owner(new ComparisonAgreement("name",
                [
                    new(Million - counts.Sum(), Million), .. counts.Select(count => Cell(count, Million)),
                ]))),
            ];
            double[] u = ChanceAgreement.Pool(Schema, owners)[2]!;
            double[] reversed = ChanceAgreement.Pool(Schema, owners.Reverse())[2]!;
            return Math.Abs(u.Sum() - 1) < 1e-12
                && u.All(share => share is > 0 and < 1)
                && u.Zip(reversed).All(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Agreement_ResearchFile_IsWhatTheUnitSeesInOneBlock()
    {
        // All records in one block of one pass, without diffusion: comparing all its rows must give the owner's table.
        const int Records = 160;
        LinkageSchema schema = SmallSchemas.Contact with
        {
            Profile = ProtectionProfile.Research,
            BlockLimit = Records,
            Parties = 1,
        };
        using TemporaryDirectory folder = new();
        using LinkageKey key = LinkageKey.Generate("test");
        EncodedParty party = EncodedParty.Encode(
            folder.PathOf("a.lke"), schema, key, "a", [.. Enumerable.Range(0, Records).Select(Person)]);
        using EncodedFile file = party.File;
        IReadOnlyList<Comparison> comparisons = Comparison.FromSchema(schema);
        long[][] seen = CompareAll(schema, file.Passes[0], comparisons);

        Assert.Equal(["home", "name", "sex"], file.Header.Agreement!.Comparisons.Skip(1).Select(row => row.Comparison));
        for (int c = 1; c < comparisons.Count; c++)
        {
            IReadOnlyList<AgreementCell> told = file.Header.Agreement.Find(comparisons[c].Name)!.Levels;
            Assert.Equal(comparisons[c].LevelCount, told.Count);
            Assert.All(told, cell => Assert.Equal(seen[c].Sum(), cell.Pairs));
            int largest = Array.IndexOf(seen[c], seen[c].Max());
            for (int level = 0; level < told.Count; level++)
            {
                // The largest also takes what the levels that are not told leave over.
                long leeway = level == largest ? 5 * told.Count(cell => cell.IsSmall) : 0;
                Assert.InRange(told[level].Count ?? 5, seen[c][level] - leeway - 5, seen[c][level] + leeway + 5);
                Assert.True(told[level].IsSmall || leeway > 0 || told[level].Count == seen[c][level]);
                Assert.Equal(seen[c][level] < 10, told[level].IsSmall);
            }
        }
    }

    private static long[][] CompareAll(LinkageSchema schema, EncodedPass pass, IReadOnlyList<Comparison> comparisons)
    {
        long[][] seen = [.. comparisons.Select(comparison => new long[comparison.LevelCount])];
        RowComparer comparer = new(schema);
        for (int left = 0; left < pass.RowCount; left++)
        {
            for (int right = 0; right < left; right++)
            {
                ComparisonVector vector = comparer.Compare(pass, left, pass, right);
                for (int c = 0; c < comparisons.Count; c++)
                {
                    if (vector[c] < ComparisonVector.BothMissing)
                    {
                        seen[c][vector[c]]++;
                    }
                }
            }
        }

        return seen;
    }

    // One number for all, which makes the block; homes shared by three, some of them without a postcode or a phone.
    private static string?[] Person(int i) =>
    [
        "1234",
        i % 13 == 0 ? null : FormattableString.Invariant($"{100 + (i / 3)} Hickory Road"),
        $"Johann{(char)('a' + (i % 9))}{(char)('a' + (i % 4))}",
        i % 7 == 0 ? null : FormattableString.Invariant($"{20_000 + (i / 3 % 20 * 13)}"),
        i % 2 == 0 ? null : FormattableString.Invariant($"555{1_000_000 + (i / 5 * 7919)}"),
        i % 3 == 0 ? "F" : "M",
    ];

    private static ComparisonAgreement Numbers(long equal, long pairs) =>
        new("one", [new(pairs - equal, pairs), new(equal, pairs)]);

    private static AgreementCell Cell(int count, long pairs) => new(count >= 10 ? count : null, pairs);

    private static EncodedFileHeader Owner(params IReadOnlyList<ComparisonAgreement> rows) => new()
    {
        Schema = Schema,
        Project = "test",
        KeyId = "0123456789abcdef",
        Epoch = 1,
        CheckValue = new string('0', 32),
        Party = "a",
        Software = "test",
        RecordCount = 1000,
        UnusableRecords = 0,
        Fields = [],
        Passes = [],
        Agreement = new AgreementTable(rows),
    };
}
