using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Identity;

/// <summary>What every store must do, shown on both.</summary>
public sealed class TokenStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private string FilePath => Path.Join(_folder.Path, "tokens.json");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Find_TokenWhereverItStands_IsFound(bool isFile)
    {
        ITokenStore store = Store(isFile);
        TokenRecord[] tokens = [.. Enumerable.Range(0, 5).Select(i => Token($"party{i}"))];
        foreach (TokenRecord token in tokens)
        {
            store.Add(token);
        }

        Assert.All(tokens, token => Assert.Equal(token.Party, store.Find(token.Hash.Span)?.Party));
        Assert.Equal(tokens.Select(token => token.Id), store.List().Select(token => token.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Find_HashThatDiffersInOneBit_IsNotFound(bool isFile)
    {
        ITokenStore store = Store(isFile);
        TokenRecord token = Token("health");
        store.Add(token);

        for (int bit = 0; bit < 256; bit++)
        {
            byte[] hash = token.Hash.ToArray();
            hash[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(store.Find(hash));
        }

        Assert.Null(store.Find(token.Hash.Span[..31]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Revoke_Twice_KeepsTheEarlierMoment(bool isFile)
    {
        ITokenStore store = Store(isFile);
        TokenRecord token = Token("health");
        store.Add(token);
        DateTimeOffset moment = _time.GetUtcNow();

        Assert.True(store.Revoke(token.Id, moment));
        Assert.True(store.Revoke(token.Id, moment.AddDays(1)));
        Assert.False(store.Revoke("0000000000000000", moment));

        Assert.Equal(moment, store.Find(token.Hash.Span)?.Revoked);
    }

    [Fact]
    public void File_ChangedByAnotherCommand_IsFollowedWithinASecond()
    {
        ITokenStore running = Store(isFile: true);
        TokenRecord token = Token("health");

        new FileTokenStore(FilePath, _time).Add(token);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(running.Find(token.Hash.Span));
    }

    [Fact]
    public void File_ChangedByTwo_LosesNeither()
    {
        ITokenStore first = Store(isFile: true);
        FileTokenStore second = new(FilePath, _time);

        first.Add(Token("a"));
        second.Add(Token("b"));
        first.Add(Token("c"));

        Assert.Equal(["a", "b", "c"], new FileTokenStore(FilePath, _time).List().Select(token => token.Party));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, FileModes.Of(FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, FileModes.Of($"{FilePath}.lock"));
    }

    [Fact]
    public void File_TokenMade_HoldsItsHashOnly()
    {
        ITokenStore store = Store(isFile: true);
        (string text, TokenRecord token) = BearerToken.Create("health", CallerRoles.Party, _time.GetUtcNow());

        store.Add(token);

        Assert.DoesNotContain(text, File.ReadAllText(FilePath), StringComparison.Ordinal);
        Assert.Contains(token.Id, File.ReadAllText(FilePath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"format\": \"linkage-tokens/2\", \"tokens\": [] }")]
    [InlineData("{ \"format\": \"linkage-tokens/1\" }")]
    [InlineData("{ \"format\": \"linkage-tokens/1\", \"tokens\": [], \"more\": 1 }")]
    [InlineData("{ \"format\": \"linkage-tokens/1\", \"tokens\": [{}] }")]
    [InlineData("{ \"format\": \"linkage-tokens/1\", \"tokens\": [null] }")]
    [InlineData("{ \"format\": \"linkage-tokens/1\", \"tokens\": [{ \"hash\": \"Zanzibarov\", \"party\": \"a\", "
        + "\"role\": \"party\", \"expires\": \"2030-01-01T00:00:00Z\", \"revoked\": null }] }")]
    [InlineData("{ \"format\": \"linkage-tokens/1\", \"tokens\": [{ \"hash\": \"00\", \"party\": \"a\", "
        + "\"role\": \"party\", \"expires\": \"2030-01-01T00:00:00Z\", \"revoked\": null }] }")]
    public void File_BrokenWhileRunning_OpensNothing(string content)
    {
        ITokenStore store = Store(isFile: true);
        TokenRecord token = Token("health");
        store.Add(token);

        File.WriteAllText(FilePath, content);
        _time.Advance(TimeSpan.FromSeconds(1));

        FormatException refusal = Assert.Throws<FormatException>(() => store.Find(token.Hash.Span));
        Assert.DoesNotContain("Zanzibarov", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("16")]
    [InlineData("2")]
    [InlineData("party, analyst")]
    public void File_RoleThatIsNone_IsRefused(string role)
    {
        string hash = new('0', 64);
        _folder.Write(
            "tokens.json",
            $$"""
            { "format": "linkage-tokens/1", "tokens": [ { "hash": "{{hash}}", "party": "a", "role": "{{role}}",
              "expires": "2030-01-01T00:00:00Z", "revoked": null } ] }
            """);

        Assert.Throws<FormatException>(() => new FileTokenStore(FilePath, _time));
    }

    public void Dispose() => _folder.Dispose();

    private TokenRecord Token(string party) =>
        BearerToken.Create(party, CallerRoles.Party, _time.GetUtcNow().AddDays(1)).Record;

    private ITokenStore Store(bool isFile)
    {
        if (!isFile)
        {
            return new MemoryTokenStore();
        }

        File.WriteAllBytes(FilePath, TokenFile.Format(TokenTable.Empty));
        return new FileTokenStore(FilePath, _time);
    }
}
