using System.Security.Cryptography;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class TokenStoreTests
{
    private readonly byte[] _hash = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    private readonly MovableTime _time = new();

    [Fact]
    public async Task Find_KnownToken_GivesItsGrantUntilItExpires()
    {
        using TemporaryFolder folder = new();
        using UnitStore store = await UnitStore.OpenAsync(folder.Path, _time);
        TokenGrant added = await AddAsync(store);

        Assert.Equal(added, store.Tokens.Find(_hash));
        Assert.Equal(("health", "party"), (added.Subject, added.Role));
        _time.Now += TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1);
        Assert.NotNull(store.Tokens.Find(_hash));
        _time.Now += TimeSpan.FromMilliseconds(1);
        Assert.Null(store.Tokens.Find(_hash));
    }

    [Fact]
    public async Task Find_OtherTokenOfTheSamePrefix_GivesNothing()
    {
        using TemporaryFolder folder = new();
        using UnitStore store = await UnitStore.OpenAsync(folder.Path, _time);
        await AddAsync(store);

        for (int at = 0; at < _hash.Length; at++)
        {
            byte[] other = [.. _hash];
            other[at] ^= 0x80;
            Assert.Null(store.Tokens.Find(other));
        }
    }

    [Fact]
    public async Task Revoke_Token_MakesItVoidAlsoAfterReopening()
    {
        using TemporaryFolder folder = new();
        using (UnitStore store = await UnitStore.OpenAsync(folder.Path, _time))
        {
            TokenGrant added = await AddAsync(store);
            await store.Tokens.RevokeAsync(added.Id, None);
            _time.Now += TimeSpan.FromMinutes(1);
            await store.Tokens.RevokeAsync(added.Id, None);
            await RefusedAsync(StoreRefusal.NotFound, () => store.Tokens.RevokeAsync(StoreIds.Create(), None));
        }

        using UnitStore reopened = await UnitStore.OpenAsync(folder.Path, _time);
        Assert.Null(reopened.Tokens.Find(_hash));
        Assert.Equal(MovableTime.Start, Assert.Single(reopened.Tokens.List()).RevokedAt);
    }

    private Task<TokenGrant> AddAsync(UnitStore store) =>
        store.Tokens.AddAsync(_hash, "health", "party", MovableTime.Start.AddHours(1), None);

    private sealed class MovableTime : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
