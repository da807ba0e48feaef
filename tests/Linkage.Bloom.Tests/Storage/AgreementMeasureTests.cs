using Linkage.Bloom.Agreement;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Protection;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

public class AgreementMeasureTests
{
    private static readonly LinkageSchema Schema = Samples.Schema("""
        {
          "format": "linkage-schema/1",
          "fields": [
            { "name": "name", "kind": "name", "role": "given-name" }, { "name": "street", "kind": "address" },
            { "name": "born", "kind": "date" }, { "name": "zip", "kind": "postcode" },
            { "name": "phone", "kind": "phone" }, { "name": "sex", "kind": "sex" }
          ],
          "passes": [{ "name": "one", "key": ["F", "D"] }, { "name": "two", "key": ["Z", "P"] }]
        }
        """);

    private static readonly string[] Names =
        ["Katharina", "Katherina", "Catharina", "Maximilian", "Maximilien", "Bo", "Alexandra", "Alexander"];

    [Fact]
    public void Complete_StandardFile_TellsWhatReallyDiffusedPairsReach()
    {
        const int Count = 300;
        const double Pairs = Count * (Count - 1) / 2;
        AgreementTable table = Measure(Schema, Enumerable.Range(0, Count).Select(Person));
        IReadOnlyList<ComparedFields> comparisons = ComparedFields.FromSchema(Schema);
        double[][] reached = DiffusePairs(comparisons, Count);

        Assert.Equal(["name", "contact", "born", "sex"], table.Comparisons.Select(row => row.Comparison));
        for (int c = 0; c < comparisons.Count; c++)
        {
            for (int level = 0; level < reached[c].Length; level++)
            {
                // Each pair is its own draw, so the deviation is at most that of as many coins; ten where not told.
                double told = Pairs * table.Comparisons[c].Levels[level].Share;
                double deviation = Math.Sqrt(told * (1 - (told / Pairs)));
                Assert.InRange(reached[c][level] - told, (-5 * deviation) - 10, (5 * deviation) + 10);
            }
        }
    }

    [Fact]
    public void Complete_EqualValues_AreCountedExactly()
    {
        string[] names = [.. Repeat("Anna", 100), .. Repeat("Oluwaseun", 60), .. Repeat("Bo", 40)];
        AgreementTable table = Measure(Schema, names.Select((name, i) => Cells(name: name, sex: i < 120 ? "F" : "M")));

        Assert.Equal(new AgreementCell(4950 + 1770 + 780, 19_900), table.Find("name")!.Levels[^1]);
        Assert.Equal(
            [new(120 * 80, 19_900), new(7140 + 3160, 19_900)], table.Find("sex")!.Levels);
    }

    [Fact]
    public void Complete_SharedHomes_AreCountedExactly()
    {
        // 50 homes of three; one record in three has no phone, and nobody's differs within a home.
        IEnumerable<string?[]> records = Enumerable.Range(0, 150).Select(i => Cells(
            street: $"{i / 3 * 7} Willow Road", zip: $"{10_000 + (i / 3 * 311)}", phone: i % 3 == 0 ? null : Phone(i)));

        Assert.Equal(new AgreementCell(150, 11_175), Measure(Schema, records).Find("contact")!.Levels[^1]);
    }

    [Fact]
    public void Complete_FewEqualPairs_AreNotTold()
    {
        IEnumerable<string?[]> records =
            Enumerable.Range(0, 150)
                .Select(i => Cells(born: $"19{40 + (i % 50):00}-{1 + (i / 15):00}-{1 + (i % 15):00}"))
                .Append(Cells(born: "1940-01-01"));

        AgreementCell equal = Measure(Schema, records).Find("born")!.Levels[^1];

        Assert.True(equal.IsSmall);
        Assert.Equal(151 * 150 / 2, equal.Pairs);
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void Complete_FieldOfFewRecords_IsNotTold(int present, bool isTold)
    {
        AgreementTable table = Measure(
            Schema, Enumerable.Range(0, 200).Select(i => Cells(sex: "F", name: i < present ? Names[i % 8] : null)));

        Assert.Equal(isTold, table.Find("name") is not null);
        Assert.NotNull(table.Find("sex"));
        Assert.Null(table.Find("contact"));
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(60, true)]
    public void Complete_GroupOfWhichRecordsSeldomShareAField_IsToldFromThePairsThatDo(int each, bool isTold)
    {
        // A third of the records each has a street, a postcode or a phone, and nothing else of the group.
        AgreementTable table = Measure(Schema, Enumerable.Range(0, 3 * each).Select(i => (i / each) switch
        {
            0 => Cells(street: "1 Elm Road"),
            1 => Cells(zip: "10001"),
            _ => Cells(phone: Phone(0)),
        }));

        long? pairs = table.Find("contact")?.Levels[0].Pairs;
        Assert.Equal(isTold ? 3 * (each * (each - 1) / 2) : null, pairs);
    }

    [Fact]
    public void Complete_ManyRecords_LooksAtAMillionPairs()
    {
        AgreementTable table = Measure(Schema, Enumerable.Range(0, 3000).Select(Person));

        Assert.All(table.Comparisons, row => Assert.All(row.Levels, cell => Assert.True(cell.Pairs >= 1_000_000)));
        Assert.All(table.Comparisons, row => Assert.Equal(1, row.Levels.Sum(cell => cell.Share), 4));
    }

    [Fact]
    public void Complete_SameRecordsTwice_TellsTheSame()
    {
        string?[][] records = [.. Enumerable.Range(0, 400).Select(Person)];
        AgreementTable one = Measure(Schema, records);
        AgreementTable other = Measure(Schema, records);

        Assert.Equal(
            one.Comparisons.SelectMany(row => row.Levels), other.Comparisons.SelectMany(row => row.Levels));
    }

    [Fact]
    public void Complete_NoRecords_TellsNothing() => Assert.Empty(Measure(Schema, []).Comparisons);

    [Fact]
    public void Open_WrittenFile_HasTheTableThatWasMeasured()
    {
        using TempFolder folder = new();
        AgreementTable written = Encoded.Write(
            folder["a.lke"], Schema, Enumerable.Range(0, 150).Select(Person)).Agreement!;
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        AgreementTable read = file.Header.Agreement!;

        Assert.Contains(read.Comparisons.SelectMany(row => row.Levels), cell => cell.IsSmall);
        Assert.Equal(
            written.Comparisons.Select(row => row.Comparison), read.Comparisons.Select(row => row.Comparison));
        Assert.Equal(
            written.Comparisons.SelectMany(row => row.Levels), read.Comparisons.SelectMany(row => row.Levels));
    }

    private static AgreementTable Measure(LinkageSchema schema, IEnumerable<string?[]> records)
    {
        using TempFolder folder = new();
        return Encoded.Write(folder["a.lke"], schema, records).Agreement!;
    }

    // Every pair in a block of its own, all fields under the block's one index set, as a linkage unit would see them.
    private static double[][] DiffusePairs(IReadOnlyList<ComparedFields> comparisons, int count)
    {
        double[][] reached = [.. comparisons.Select(comparison => new double[comparison.LevelCount])];
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Schema, key, "a");
        byte[][] rows = [.. Enumerable.Range(0, count).Select(i => EncodeRow(encoder, Person(i)))];
        using BlockScope scope = encoder.CreateScope(0);
        int[] levels = new int[Schema.Fields.Count];
        int block = 0;
        for (int left = 0; left < count; left++)
        {
            for (int right = 0; right < left; right++)
            {
                scope.Enter(Noise.Bytes(block++, 16));
                Compare(scope, encoder.Row, rows[left], rows[right], levels);
                for (int c = 0; c < comparisons.Count; c++)
                {
                    reached[c][JointLevel(comparisons[c], levels)]++;
                }
            }
        }

        return reached;
    }

    private static byte[] EncodeRow(RecordEncoder encoder, string?[] cells)
    {
        byte[] row = new byte[encoder.Row.Length];
        encoder.Encode(cells, row, new NormalizationNotes[cells.Length]);
        return row;
    }

    private static void Compare(BlockScope scope, RecordRow shape, byte[] left, byte[] right, int[] levels)
    {
        Span<byte> one = stackalloc byte[128];
        Span<byte> other = stackalloc byte[128];
        uint both = RecordRow.Presence(left) & RecordRow.Presence(right);
        for (int field = 0; field < levels.Length; field++)
        {
            FieldSchema schema = Schema.Fields[field];
            if (schema.IsTag)
            {
                bool equal = shape.Field(left.AsSpan(), field).SequenceEqual(shape.Field(right.AsSpan(), field));
                levels[field] = equal ? 1 : 0;
            }
            else
            {
                scope.Protect(field, shape.Field(left.AsSpan(), field), one);
                scope.Protect(field, shape.Field(right.AsSpan(), field), other);
                double s = CorrectedSimilarity.FromDistance(BitDistance.Hamming(one, other), 1024, 5);
                levels[field] = s == 1 ? schema.LevelCount - 1 : schema.Cuts.Count(cut => s >= cut);
            }

            levels[field] = (both >> field & 1) != 0 ? levels[field] : -1;
        }
    }

    private static int JointLevel(ComparedFields comparison, int[] levels)
    {
        for (int i = 0; i < comparison.Levels.Count; i++)
        {
            if (comparison.Levels[i].All(demand => levels[comparison.Fields[demand.Position]] >= demand.Least))
            {
                return comparison.Levels.Count - i;
            }
        }

        return 0;
    }

    private static IEnumerable<string> Repeat(string text, int count) => Enumerable.Repeat(text, count);

    private static string Phone(int number) => FormattableString.Invariant($"555{1_000_000 + (number / 3 * 7919)}");

    private static string?[] Cells(
        string? name = null, string? street = null, string? born = null, string? zip = null, string? phone = null,
        string? sex = null) => [name, street, born, zip, phone, sex];

    // Values that are often equal or alike; zip and phone always there, so that every pair has a contact to compare.
    private static string?[] Person(int number) => Cells(
        Names[number * 5 % 8],
        number % 11 == 0 ? null : FormattableString.Invariant($"{10 + (number % 23)} Willow{Names[number % 3]} Road"),
        FormattableString.Invariant($"19{50 + (number % 7)}-{1 + (number % 12):00}-{10 + (number % 17)}"),
        FormattableString.Invariant($"{10_000 + (number % 19 * 11)}"),
        Phone(number % 60),
        number % 3 == 0 ? "F" : "M");
}
