using System.Text;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

public class CanaryTests
{
    private const string Word = "Zwqxkanari";
    private const string Digits = "7391846205";
    private const string Id = "Zwqxkanari-id-7391846205";

    private static readonly LinkageSchema Schema = Samples.Schema("""
        {
          "format": "linkage-schema/1",
          "fields": [
            { "name": "first", "kind": "name", "role": "given-name" }, { "name": "last", "kind": "name" },
            { "name": "city", "kind": "text" }, { "name": "street", "kind": "address" },
            { "name": "mail", "kind": "email" }, { "name": "code", "kind": "identifier" },
            { "name": "phone", "kind": "phone" }, { "name": "number", "kind": "number" },
            { "name": "zip", "kind": "postcode" }, { "name": "born", "kind": "date" }
          ],
          "passes": [
            { "name": "one", "key": ["first", "phone"] }, { "name": "two", "key": ["last", "city", "number"] },
            { "name": "three", "key": ["mail", "code"] }, { "name": "four", "key": ["zip", "D", "street"] }
          ]
        }
        """);

    [Theory]
    [InlineData(ProtectionProfile.Standard)]
    [InlineData(ProtectionProfile.Research)]
    public void EncodedFile_EveryFieldAndIdACanary_HoldsNone(ProtectionProfile profile)
    {
        using TempFolder folder = new();
        using LinkageKey key = Samples.Key();
        using RecordEncoder encoder = new(Schema with { Profile = profile }, key, "a");
        using (EncodedFileWriter writer = EncodedFileWriter.Create(folder["a.lke"], folder["a.map"], encoder))
        {
            for (int i = 0; i < 120; i++)
            {
                writer.Add($"{Id}{i}", Record(i / 6));
            }

            EncodedFileHeader header = writer.Complete();
            Assert.All(header.Passes, counts => Assert.Equal(120, counts.Rows));
            Assert.NotEmpty(header.Agreement!.Comparisons);
        }

        byte[] map = File.ReadAllBytes(folder["a.map"]);
        Assert.NotEqual(-1, map.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Id)));
        AssertFree(File.ReadAllBytes(folder["a.lke"]));
    }

    // Also the pieces: a token or half a value that leaks is a leak.
    private static void AssertFree(byte[] content)
    {
        byte[] upper = [.. content.Select(part => (byte)char.ToUpperInvariant((char)part))];
        foreach (string canary in (string[])[Word, Word[..6], Word[4..], Digits, Digits[..7], "19730406"])
        {
            foreach (Encoding encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
            {
                Assert.Equal(-1, upper.AsSpan().IndexOf(encoding.GetBytes(canary.ToUpperInvariant())));
            }
        }
    }

    private static string?[] Record(int number)
    {
        string word = Word + (char)('a' + number);
        return
        [
            word, word, word, $"12 {word} {word} Road", $"{word}@{word}.example", Word + Digits, Digits, Digits,
            Word[..8], "1973-04-06",
        ];
    }
}
