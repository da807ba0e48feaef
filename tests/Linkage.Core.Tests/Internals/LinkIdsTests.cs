using Linkage.Core.Internals;

namespace Linkage.Core.Tests.Internals;

public sealed class LinkIdsTests
{
    private static readonly byte[] RunSecret = [.. Enumerable.Range(0, LinkIds.SecretLength).Select(i => (byte)i)];

    [Fact]
    public void Create_Seed_FixesTheIds()
    {
        Assert.Equal(LinkIds.Create(20, 5, RunSecret), LinkIds.Create(20, 5, RunSecret));
        Assert.Empty(LinkIds.Create(20, 5, RunSecret).Intersect(LinkIds.Create(20, 6, RunSecret)));
        Assert.Equal(LinkIds.Create(20, 5, RunSecret)[..7], LinkIds.Create(7, 5, RunSecret));
    }

    [Fact]
    public void Create_SameSeedOfOtherFiles_JoinsNothing()
    {
        byte[] other = [.. RunSecret.Select(b => (byte)(b + 1))];

        Assert.Empty(LinkIds.Create(20, 5, RunSecret).Intersect(LinkIds.Create(20, 5, other)));
    }

    [Fact]
    public void Create_NoSeed_IsNeverTheSame() =>
        Assert.Empty(LinkIds.Create(20, null, RunSecret).Intersect(LinkIds.Create(20, null, RunSecret)));

    [Fact]
    public void Create_AnyIds_AreDistinctLowerHexDigits()
    {
        foreach (ulong? seed in (ulong?[])[null, 0, ulong.MaxValue])
        {
            string[] ids = LinkIds.Create(1_000, seed, RunSecret);

            Assert.Equal(1_000, ids.Distinct().Count());
            Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
        }
    }

    [Fact]
    public void Create_KnownSeed_IsTheCutDigestOfSecretSeedAndNumber()
    {
        byte[] message = [.. RunSecret, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0];
        string expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(message).AsSpan(0, 16));

        Assert.Equal(expected, LinkIds.Create(3, 1, RunSecret)[2]);
    }

    [Fact]
    public void Create_Nothing_IsEmpty() => Assert.Empty(LinkIds.Create(0, null, RunSecret));
}
