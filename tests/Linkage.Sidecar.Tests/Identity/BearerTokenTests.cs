using System.Buffers.Text;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Linkage.Sidecar.Identity;

namespace Linkage.Sidecar.Tests.Identity;

public sealed class BearerTokenTests
{
    private static readonly DateTimeOffset Later = new(2030, 2, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Create_Twice_GivesTwoTokensOf256Bits()
    {
        (string first, TokenRecord record) = BearerToken.Create("health", CallerRoles.Party, Later);
        (string second, _) = BearerToken.Create("health", CallerRoles.Party, Later);

        Assert.NotEqual(first, second);
        Assert.Equal(BearerToken.TextLength, first.Length);
        Assert.Equal(SHA256.HashData(Base64Url.DecodeFromChars(first)), record.Hash.ToArray());
        Assert.DoesNotContain(first, record.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TryHash_AnyText_IsTrueForTheOneSpellingOfATokenOnly()
    {
        Prop.ForAll<byte[], int>((bytes, place) =>
        {
            string text = Base64Url.EncodeToString(SHA256.HashData(bytes ?? []));
            byte[] hash = new byte[SHA256.HashSizeInBytes];
            byte[] other = new byte[SHA256.HashSizeInBytes];
            int at = (int)((uint)place % (uint)text.Length);
            string changed = text.Remove(at, 1).Insert(at, text[at] == 'A' ? "B" : "A");

            bool isToken = BearerToken.TryHash(text, hash);
            bool isOther = BearerToken.TryHash(changed, other);

            return isToken && hash.SequenceEqual(SHA256.HashData(Base64Url.DecodeFromChars(text)))
                && !(isOther && hash.SequenceEqual(other));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA+AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ÄAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryHash_MalformedText_IsFalseAndStillHashed(string text)
    {
        byte[] hash = new byte[SHA256.HashSizeInBytes];

        Assert.False(BearerToken.TryHash(text, hash));
        Assert.NotEqual(new byte[SHA256.HashSizeInBytes], hash);
    }

    [Fact]
    public void IsValidAt_ExpiryAndRevocation_EndAtTheirMoment()
    {
        (_, TokenRecord token) = BearerToken.Create("health", CallerRoles.Party, Later);
        TimeSpan tick = TimeSpan.FromTicks(1);

        Assert.True(token.IsValidAt(Later - tick));
        Assert.False(token.IsValidAt(Later));

        TokenRecord revoked = token with { Revoked = Later.AddDays(-1) };
        Assert.True(revoked.IsValidAt(Later.AddDays(-1) - tick));
        Assert.False(revoked.IsValidAt(Later.AddDays(-1)));
    }
}
