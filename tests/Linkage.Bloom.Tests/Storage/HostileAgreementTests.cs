using System.Text.RegularExpressions;
using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

/// <summary>Files whose agreement table says what no writer of ours would have told.</summary>
public class HostileAgreementTests
{
    [Theory]
    [InlineData("\"agreement\":", "\"agrement\":", "is not known")]
    [InlineData("\"agreement\":\\[.*?\\],\"columns\"", "\"columns\"", "agreement: is missing")]
    [InlineData("\"agreement\":\\[.*?\\],\"columns\"", "\"agreement\":{},\"columns\"", "must be a list")]
    [InlineData("\"agreement\":\\[.*?\\],\"columns\"", "\"agreement\":null,\"columns\"", "must be a list")]
    [InlineData("\"comparison\":\"last\"", "\"comparison\":\"other\"", "[1].comparison: is none of the schema")]
    [InlineData("\"comparison\":\"last\"", "\"comparison\":\"first\"", "[1].comparison: is none of the schema")]
    [InlineData("\"comparison\":\"first\"", "\"comparison\":\"last\"", "[1].comparison: is none of the schema")]
    [InlineData("\"levels\":\\[\\{[^}]*\\},", "\"levels\":[", "agreement[0].levels: has another length")]
    [InlineData("\"count\":\\d+", "\"count\":9", "levels[0].count: is out of range")]
    [InlineData("\"count\":\\d+", "\"count\":-10", "levels[0].count: is out of range")]
    [InlineData("\"count\":\\d+", "\"count\":7141", "levels[0].count: is out of range")]
    [InlineData("\"count\":\\d+", "\"count\":10.5", "levels[0].count: must be a whole number")]
    [InlineData("\"count\":\\d+,", "", "levels[0].count: is out of range")]
    [InlineData("\"count\":\\d+", "\"fewerThan\":9", "levels[0].fewerThan: must be 10")]
    [InlineData("\"count\":\\d+", "\"count\":10,\"fewerThan\":10", "levels[0].fewerThan: must be 10")]
    [InlineData("\"of\":7140", "\"of\":7141", "levels[0].of: is out of range")]
    [InlineData("\"of\":7140", "\"of\":4949", "levels[0].of: is out of range")]
    [InlineData("\"of\":7140", "\"of\":0", "levels[0].of: is out of range")]
    [InlineData("\"of\":7140", "\"more\":7140", "levels[0].more: is not known")]
    public void Open_TableThatSaysTheImpossible_IsRefused(string pattern, string replacement, string message)
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 120);
        HostileFile.Rewrite(folder["a.lke"], header =>
        {
            Assert.Matches(pattern, header);
            return new Regex(pattern).Replace(header, replacement, 1);
        });

        EncodingFormatException e = HostileFile.AssertRefused(folder["a.lke"]);

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_VersionOneWithATable_IsRefused()
    {
        using TempFolder folder = new();
        Encoded.WritePeople(folder["a.lke"], 120);
        HostileFile.Rewrite(
            folder["a.lke"], header => header.Replace("encoding/2", "encoding/1", StringComparison.Ordinal));
        HostileFile.Patch(folder["a.lke"], whole => whole[8] = 1);

        EncodingFormatException e = HostileFile.AssertRefused(folder["a.lke"]);

        Assert.Contains("agreement: is not known", e.Message, StringComparison.Ordinal);
    }
}
