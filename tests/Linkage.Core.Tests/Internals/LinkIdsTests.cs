using Linkage.Core.Internals;

namespace Linkage.Core.Tests.Internals;

public sealed class LinkIdsTests
{
    [Fact]
    public void Create_Seed_FixesTheIds()
    {
        Assert.Equal(LinkIds.Create(20, 5), LinkIds.Create(20, 5));
        Assert.Empty(LinkIds.Create(20, 5).Intersect(LinkIds.Create(20, 6)));
        Assert.Equal(LinkIds.Create(20, 5)[..7], LinkIds.Create(7, 5));
    }

    [Fact]
    public void Create_NoSeed_IsNeverTheSame() =>
        Assert.Empty(LinkIds.Create(20, null).Intersect(LinkIds.Create(20, null)));

    [Fact]
    public void Create_AnyIds_AreDistinctLowerHexDigits()
    {
        foreach (ulong? seed in (ulong?[])[null, 0, ulong.MaxValue])
        {
            string[] ids = LinkIds.Create(1_000, seed);

            Assert.Equal(1_000, ids.Distinct().Count());
            Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
        }
    }

    [Fact]
    public void Create_KnownSeed_IsTheCutDigestOfSeedAndNumber()
    {
        byte[] message = [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0];
        string expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(message).AsSpan(0, 16));

        Assert.Equal(expected, LinkIds.Create(3, 1)[2]);
    }

    [Fact]
    public void Create_Nothing_IsEmpty() => Assert.Empty(LinkIds.Create(0, null));
}
