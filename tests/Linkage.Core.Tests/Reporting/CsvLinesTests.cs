using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Reporting;

namespace Linkage.Core.Tests.Reporting;

public sealed class CsvLinesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void WriteCell_Text_IsQuotedWhereItMust(string text, string cell) =>
        Assert.Equal(cell, Collect(lines => lines.WriteCell(text)));

    [Fact]
    public void Write_AnyTexts_ComeOutInOrder() =>
        Prop.ForAll<NonNull<string>[]>(texts =>
        {
            string[] words = [.. texts.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get)))];
            return Collect(lines => Array.ForEach(words, word => lines.Write(word))) == string.Concat(words);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_TextsAroundTheBufferLength_ComeOutWhole()
    {
        // Two code units and four bytes each, so that a cut at any place would show.
        foreach (int pairs in new[] { 10_921, 10_922, 10_923, 16_384, 40_000 })
        {
            string text = string.Concat(Enumerable.Repeat("𝄞", pairs));

            Assert.Equal($"x{text}yz", Collect(lines =>
            {
                lines.Write("x"u8);
                lines.Write(text);
                lines.Write("yz"u8);
            }));
        }
    }

    [Fact]
    public void Write_BytesLongerThanTheBuffer_ComeOutWhole()
    {
        string text = string.Concat(Enumerable.Range(0, 30_000));

        Assert.Equal($"{text}{text}", Collect(lines =>
        {
            lines.Write(Encoding.UTF8.GetBytes(text));
            lines.Write(text);
        }));
    }

    private static string Collect(Action<CsvLines> write)
    {
        using var stream = new MemoryStream();
        var lines = new CsvLines(stream);
        write(lines);
        lines.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
