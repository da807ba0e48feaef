using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Protection;

public class ScopedFileTests
{
    private const int Records = 300;
    private const int First = 0;
    private const int Sex = 3;

    [Fact]
    public void StandardFile_OneValueInManyBlocks_LooksUnrelated()
    {
        using TempFolder folder = new();
        Encoded.Write(folder["a.lke"], Samples.People, Namesakes());
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        EncodedPass pass = file.Passes[1];
        List<byte[]> outputs = [.. Encoded.LoneRows(pass).Select(row => pass.Field(row, First).ToArray())];

        Assert.Equal(Records, outputs.Count);
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < outputs.Count; i++)
        {
            for (int j = 0; j < i; j++, pairs++)
            {
                sum += BitDistance.Hamming(outputs[i], outputs[j]);
            }
        }

        Assert.InRange(sum / pairs, 512 - (4 * 16 / Math.Sqrt(pairs)), 512 + (4 * 16 / Math.Sqrt(pairs)));
    }

    [Fact]
    public void StandardFile_OneTagValueInManyBlocks_NeverMeets()
    {
        using TempFolder folder = new();
        Encoded.Write(folder["a.lke"], Samples.People, Namesakes());
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        EncodedPass pass = file.Passes[1];

        Assert.Equal(
            Records,
            Enumerable.Range(0, Records).Select(row => Convert.ToHexString(pass.Field(row, Sex))).Distinct().Count());
    }

    [Fact]
    public void StandardFile_HandlesOfPassesAndRecords_ShareNothing()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 100);
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        List<string> handles =
        [
            .. file.Passes.SelectMany(
                pass => Enumerable.Range(0, pass.RowCount).Select(row => Convert.ToHexString(pass.Handle(row)))),
            .. Enumerable.Range(0, 100).Select(record => Convert.ToHexString(file.Merge.Handle(record))),
        ];

        Assert.Equal(100 + file.Passes.Sum(pass => pass.RowCount), handles.Count);
        Assert.Equal(handles.Count, handles.Distinct().Count());
    }

    [Fact]
    public void ResearchFile_EveryPass_CarriesTheRecordsHandleAndBaseFilter()
    {
        using TempFolder folder = new();
        LinkageSchema schema = Samples.People with { Profile = ProtectionProfile.Research };
        Encoded.Write(folder["a.lke"], schema, Enumerable.Range(0, 60).Select(Samples.Person));
        using EncodedFile file = EncodedFile.Open(folder["a.lke"]);
        for (int pass = 0; pass < file.Passes.Count; pass++)
        {
            for (int record = 0; record < 60; record++)
            {
                int row = file.Merge.RowOf(record, pass);
                Assert.Equal(file.Merge.Handle(record), file.Passes[pass].Handle(row));
                Assert.Equal(256, BitDistance.PopCount(file.Passes[pass].Field(row, First)));
            }
        }
    }

    [Fact]
    public void StandardFile_MissingValues_AreFilledAnewEachTime()
    {
        using TempFolder folder = new();
        string?[][] records = [.. Enumerable.Range(0, 20).Select(Samples.Person)];
        foreach (string?[] record in records)
        {
            record[5] = null;
            record[1] = " ";
        }

        Encoded.Write(folder["a.lke"], Samples.People, records);
        Encoded.Write(folder["b.lke"], Samples.People, records);
        using EncodedFile one = EncodedFile.Open(folder["a.lke"]);
        using EncodedFile two = EncodedFile.Open(folder["b.lke"]);
        for (int row = 0; row < one.Passes[1].RowCount; row++)
        {
            Assert.Equal(0b011101u, one.Passes[1].Presence(row));
            Assert.False(one.Passes[1].Field(row, 1).SequenceEqual(two.Passes[1].Field(row, 1)));
            Assert.False(one.Passes[1].Field(row, 5).SequenceEqual(two.Passes[1].Field(row, 5)));
            Assert.InRange(BitDistance.PopCount(one.Passes[1].Field(row, 1)), 512 - 128, 512 + 128);
        }
    }

    // One first name and one sex; every record alone in its block of the second pass.
    private static IEnumerable<string?[]> Namesakes() => Enumerable.Range(0, Records).Select(i =>
    {
        string?[] person = Samples.Person(i);
        person[First] = "Ana";
        person[Sex] = "F";
        person[4] = FormattableString.Invariant($"{20_000 + i}");
        return person;
    });
}
