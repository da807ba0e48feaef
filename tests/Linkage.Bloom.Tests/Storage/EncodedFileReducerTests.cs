using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

public class EncodedFileReducerTests
{
    // Few enough persons that blocks are shared, and go over the limit now and then.
    private static readonly Gen<string?[]> Record =
        from person in Gen.OneOf(Gen.Choose(0, 25), Gen.Constant(3))
        from missing in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 63))
        select Samples.Person(person).Select((cell, field) => (missing >> field & 1) == 1 ? null : cell).ToArray();

    private static readonly Arbitrary<Reduction> Reductions = (
        from count in Gen.Choose(0, 90)
        from records in Record.ArrayOf(count)
        from first in Gen.Choose(0, 3).ArrayOf(count)
        from second in Gen.Choose(0, 3).ArrayOf(count)
        select new Reduction(records, Places(first), Places(second))).ToArbitrary();

    [Fact]
    public void WriteReduced_NoRecord_GivesTheSameBytes() => Check(reduction =>
    {
        byte[] content = reduction.Encode(out _);
        using var source = EncodedFile.Read(content, "source");
        using MemoryStream written = new();
        EncodedFileReducer.WriteReduced(source, [], written, CancellationToken.None);

        return content.AsSpan().SequenceEqual(written.ToArray());
    });

    [Fact]
    public void Write_NoneOfTheHandlesInTheFile_WritesNothing()
    {
        using var source = EncodedFile.Read(Encode(20, out _), "source");
        using MemoryStream written = new();

        Assert.Empty(EncodedFileReducer.Write(source, [new string('a', 32)], written));
        Assert.Equal(0, written.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public void Write_TextThatIsNoHandle_IsRefused(string text)
    {
        using var source = EncodedFile.Read(Encode(2, out _), "source");
        using MemoryStream written = new();

        Assert.Throws<ArgumentException>(() => EncodedFileReducer.Write(source, [text], written));
    }

    [Fact]
    public void Write_SomeThenOthers_GivesWhatAllTogetherGive() => Check(reduction =>
    {
        byte[] content = reduction.Encode(out IReadOnlyList<string> handles);
        string[] first = [.. reduction.First.Select(place => handles[place])];
        string[] second = [.. reduction.Second.Select(place => handles[place])];

        byte[] oneByOne = Without(Without(content, first), second);

        return oneByOne.AsSpan().SequenceEqual(Without(content, [.. first, .. second]));
    });

    [Fact]
    public void Write_FromPieces_GivesWhatAnOpenFileGives() => Check(reduction =>
    {
        byte[] content = reduction.Encode(out IReadOnlyList<string> handles);
        string[] gone = [.. reduction.First.Select(place => handles[place])];
        using MemoryStream written = new();

        IReadOnlyList<int> records = EncodedFileReducer.Write(
            content.Length,
            (offset, target) => content.AsSpan((int)offset, target.Length).CopyTo(target),
            "pieces",
            gone,
            written);

        byte[] expected = Without(content, gone);
        return records.Count == gone.Length
            && (gone.Length == 0 || expected.AsSpan().SequenceEqual(written.ToArray()));
    });

    [Fact]
    public void Write_SomeRecords_KeepsTheRowsOfAllOthersInTheirOrder() => Check(reduction =>
    {
        byte[] content = reduction.Encode(out IReadOnlyList<string> handles);
        HashSet<string> gone = [.. reduction.First.Select(place => handles[place])];
        using var source = EncodedFile.Read(content, "source");
        using var reduced = EncodedFile.Read(Without(content, gone), "reduced");

        string[] kept = [.. RecordsOf(source).Where(record => !gone.Contains(record[..32]))];
        bool sameRows = source.Passes.Index().All(pass => RowsOf(pass.Item)
            .Where((_, row) => !gone.Contains(OwnerOf(source, pass.Index, row)))
            .SequenceEqual(RowsOf(reduced.Passes[pass.Index])));
        return sameRows && kept.SequenceEqual(RecordsOf(reduced)) && SaysTheSame(source, reduced);
    });

    [Fact]
    public void Write_SomeRecords_LeavesNoByteThatOnlyTheyHad() => Check(reduction =>
    {
        byte[] content = reduction.Encode(out IReadOnlyList<string> handles);
        HashSet<string> gone = [.. reduction.First.Select(place => handles[place])];
        using var source = EncodedFile.Read(content, "source");
        byte[] reduced = Without(content, gone);

        return PiecesOf(source, gone).All(piece => reduced.AsSpan().IndexOf(piece) < 0);
    });

    [Fact]
    public void Write_RecordsOfSomePass_CountsLikeAFileThatNeverHadThem() => Check(drawn =>
    {
        byte[] content = drawn.Encode(out IReadOnlyList<string> handles);
        using var source = EncodedFile.Read(content, "source");
        HashSet<string> inSomePass =
        [
            .. source.Passes.Index().SelectMany(pass => Enumerable.Range(0, pass.Item.RowCount)
                .Select(row => OwnerOf(source, pass.Index, row))),
        ];
        Reduction reduction = drawn with
        {
            First = [.. drawn.First.Where(place => inSomePass.Contains(handles[place]))],
        };
        using var reduced = EncodedFile.Read(
            Without(content, [.. reduction.First.Select(place => handles[place])]), "reduced");
        using var never = EncodedFile.Read(reduction.WithoutFirst().Encode(out _), "never");

        return source.Header.Passes.Any(pass => pass.DroppedBlocks > 0)
            || (reduced.Header.Fields.SequenceEqual(never.Header.Fields)
                && reduced.Header.Passes.SequenceEqual(never.Header.Passes)
                && reduced.Header.UnusableRecords == never.Header.UnusableRecords
                && reduced.Header.RecordCount == never.Header.RecordCount);
    });

    [Fact]
    public void Write_FewerRecordsThanTheTableWasMeasuredOn_ScalesItAndKeepsTheShares()
    {
        byte[] content = Encode(140, out IReadOnlyList<string> handles);
        using var source = EncodedFile.Read(content, "source");
        using var reduced = EncodedFile.Read(Without(content, [.. handles.Take(20)]), "reduced");

        AgreementTable before = source.Header.Agreement!;
        Assert.NotEmpty(before.Comparisons);
        Assert.Equal(
            before.Comparisons.Select(row => row.Comparison),
            reduced.Header.Agreement!.Comparisons.Select(row => row.Comparison));
        foreach ((AgreementCell old, AgreementCell now) in before.Comparisons.SelectMany(row => row.Levels)
            .Zip(reduced.Header.Agreement!.Comparisons.SelectMany(row => row.Levels)))
        {
            Assert.InRange(now.Pairs, 1, 120 * 119 / 2);
            Assert.True(old.IsSmall || now.IsSmall || Math.Abs(old.Share - now.Share) < 0.001);
        }
    }

    [Fact]
    public void Write_SoManyRecordsThatTooFewAreLeft_LeavesTheTableOut()
    {
        byte[] content = Encode(120, out IReadOnlyList<string> handles);
        using var reduced = EncodedFile.Read(Without(content, [.. handles.Take(30)]), "reduced");

        Assert.Empty(reduced.Header.Agreement!.Comparisons);
    }

    [Fact]
    public void Write_FileOfVersionOne_StaysReadableAndTellsNoAgreement()
    {
        using var source = EncodedFile.Open(RepositoryFiles.Golden("people-1.lke"));
        using MemoryStream written = new();
        EncodedFileReducer.Write(source, [Convert.ToHexStringLower(source.Merge.Handle(0))], written);

        using var reduced = EncodedFile.Read(written.ToArray(), "reduced");
        Assert.Equal(7, reduced.Header.RecordCount);
        Assert.Empty(reduced.Header.Agreement!.Comparisons);
    }

    [Fact]
    public void ReadHeader_OfAFile_SaysWhatOpeningSays()
    {
        byte[] content = Encode(30, out _);
        EncodedFileHeader header = EncodedFile.ReadHeader(
            content.Length, (offset, target) => content.AsSpan((int)offset, target.Length).CopyTo(target), "file");

        Assert.Equal(30, header.RecordCount);
        Assert.Throws<EncodingFormatException>(() => EncodedFile.ReadHeader(
            200, (offset, target) => target.Clear(), "zeros"));
    }

    private static void Check(Func<Reduction, bool> law) =>
        Prop.ForAll(Reductions, law).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static int[] Places(int[] draws) => [.. draws.Index().Where(draw => draw.Item == 0).Select(d => d.Index)];

    private static byte[] Encode(int count, out IReadOnlyList<string> handles) =>
        new Reduction([.. Enumerable.Range(0, count).Select(Samples.Person)], [], []).Encode(out handles);

    private static byte[] Without(byte[] content, IReadOnlyCollection<string> handles)
    {
        using var source = EncodedFile.Read(content, "source");
        using MemoryStream written = new();
        return EncodedFileReducer.Write(source, handles, written).Count > 0 ? written.ToArray() : content;
    }

    private static string OwnerOf(EncodedFile file, int pass, int row) => Convert.ToHexStringLower(
        file.Merge.Handle(file.Merge.RecordsOf(pass, file.Passes[pass].RowCount)[row]));

    private static IEnumerable<string> RowsOf(EncodedPass pass) =>
        Enumerable.Range(0, pass.RowCount).Select(row => RowOf(pass, row));

    private static string RowOf(EncodedPass pass, int row) => string.Join(
        ' ',
        [
            $"{pass.Token(row)} {pass.Presence(row)} {Convert.ToHexStringLower(pass.Handle(row))}",
            .. Enumerable.Range(0, Samples.People.Fields.Count).Where(pass.Travels)
                .Select(field => Convert.ToHexStringLower(pass.Field(row, field))),
        ]);

    // Every record's handle, and its row in every pass.
    private static IEnumerable<string> RecordsOf(EncodedFile file) =>
        Enumerable.Range(0, file.Merge.RecordCount).Select(record => string.Join(
            '|',
            [
                Convert.ToHexStringLower(file.Merge.Handle(record)),
                .. file.Passes.Select((pass, number) =>
                    file.Merge.RowOf(record, number) is var row and >= 0 ? RowOf(pass, row) : "-"),
            ]));

    private static bool SaysTheSame(EncodedFile source, EncodedFile reduced) =>
        (source.Header.Party, source.Header.Project, source.Header.KeyId, source.Header.Epoch, source.Header.CheckValue)
            == (reduced.Header.Party, reduced.Header.Project, reduced.Header.KeyId, reduced.Header.Epoch,
                reduced.Header.CheckValue)
        && source.Header.Schema.EncodingFingerprint == reduced.Header.Schema.EncodingFingerprint
        && source.Header.Schema.LinkageFingerprint == reduced.Header.Schema.LinkageFingerprint
        && source.Header.Software == reduced.Header.Software;

    // Handles are random. Of a block of one, so is everything else.
    private static IEnumerable<byte[]> PiecesOf(EncodedFile file, HashSet<string> gone)
    {
        foreach (string handle in gone)
        {
            yield return Convert.FromHexString(handle);
        }

        foreach ((int number, EncodedPass pass) in file.Passes.Index())
        {
            HashSet<int> lone = [.. Encoded.LoneRows(pass)];
            for (int row = 0; row < pass.RowCount; row++)
            {
                if (gone.Contains(OwnerOf(file, number, row)))
                {
                    yield return pass.Handle(row).ToArray();
                    for (int field = 0; field < Samples.People.Fields.Count; field++)
                    {
                        if (lone.Contains(row) && pass.Travels(field))
                        {
                            yield return pass.Field(row, field).ToArray();
                        }
                    }
                }
            }
        }
    }

    private sealed record Reduction(string?[][] Records, int[] First, int[] Second)
    {
        public byte[] Encode(out IReadOnlyList<string> handles)
        {
            using LinkageKey key = Samples.Key();
            using RecordEncoder encoder = new(Samples.People, key, "party-a");
            using EncodedMessageWriter writer = new(encoder);
            foreach (string?[] record in Records)
            {
                writer.Add(record);
            }

            (byte[] content, handles) = writer.Complete();
            return content;
        }

        public Reduction WithoutFirst() =>
            new([.. Records.Where((_, place) => Array.IndexOf(First, place) < 0)], [], []);

        public override string ToString() => $"{Records.Length} records, {First.Length} and {Second.Length} go";
    }
}
