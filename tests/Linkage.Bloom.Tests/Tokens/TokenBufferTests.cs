using FsCheck;
using FsCheck.Fluent;
using Linkage.Bloom.Tokens;

namespace Linkage.Bloom.Tests.Tokens;

public class TokenBufferTests
{
    [Fact]
    public void Add_AnyTokens_GivesThemBack()
    {
        TokenBuffer buffer = new();
        Prop.ForAll<string[]>(tokens =>
        {
            buffer.Clear();
            foreach (string? token in tokens)
            {
                buffer.Add(token);
            }

            return buffer.Count == tokens.Length
                && Enumerable.Range(0, tokens.Length).All(i => buffer[i].SequenceEqual(tokens[i]));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Add_TokenOfTheBufferItself_SurvivesGrowth()
    {
        TokenBuffer buffer = new();
        buffer.Add(new string('A', 400));
        for (int i = 0; i < 100; i++)
        {
            buffer.Add(buffer[i]);
        }

        Assert.Equal(new string('A', 400), buffer[100].ToString());
    }

    [Fact]
    public void Add_Growing_ZeroesTheOldCharacters()
    {
        TokenBuffer buffer = new();
        buffer.Add("A");
        ReadOnlySpan<char> before = buffer[0];
        buffer.Add(new string('B', 5000));
        Assert.Equal("\0", before.ToString());
        Assert.Equal("A", buffer[0].ToString());
    }

    [Fact]
    public void Clear_Always_ZeroesAndEmpties()
    {
        TokenBuffer buffer = new();
        buffer.Add("ABC");
        buffer.Add("D");
        ReadOnlySpan<char> first = buffer[0];
        ReadOnlySpan<char> second = buffer[1];
        buffer.Clear();
        Assert.Equal("\0\0\0", first.ToString());
        Assert.Equal("\0", second.ToString());
        Assert.Equal(0, buffer.Count);
    }

    [Fact]
    public void Indexer_OutsideTheTokens_IsRefused()
    {
        TokenBuffer buffer = new();
        buffer.Add("A");
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer[1].ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer[-1].ToString());
    }
}
