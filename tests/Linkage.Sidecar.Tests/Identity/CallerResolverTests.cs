using System.Net;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Identity;

public sealed class CallerResolverTests
{
    private const int Failures = 3;

    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("192.0.2.2");

    private readonly ManualTime _time = new();
    private readonly CountingStore _store = new();
    private readonly CallerResolver _resolver;
    private readonly string _token;
    private readonly TokenRecord _record;

    public CallerResolverTests()
    {
        (_token, _record) = BearerToken.Create("health", CallerRoles.Party, _time.GetUtcNow().AddDays(1));
        _store.Add(_record);
        _resolver = new CallerResolver(
            new PrincipalRegistry([new Principal("local", CallerRoles.Operator) { UserIds = [1001] }]),
            _store,
            new FailureLimiter(Failures, _time),
            _time);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bearer ")]
    public void Resolve_GoodToken_IsItsHolder(string scheme)
    {
        Caller caller = Resolve(scheme + _token);

        Assert.Equal(CallerKind.Token, caller.Kind);
        Assert.Equal("health", caller.Party);
        Assert.Equal(CallerRoles.Party, caller.Roles);
        Assert.DoesNotContain("health", caller.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_NoCredential_IsAnonymousAndNoFailure()
    {
        for (int i = 0; i < 2 * Failures; i++)
        {
            Assert.Same(Caller.Anonymous, _resolver.Resolve(new CallerEvidence { Remote = Here }));
        }

        Assert.Equal("health", Resolve($"Bearer {_token}").Party);
    }

    [Fact]
    public void Resolve_WhateverIsWrong_IsAnsweredAlikeAfterOneLook()
    {
        (string revoked, TokenRecord record) = BearerToken.Create(
            "health", CallerRoles.Party, _time.GetUtcNow().AddDays(1));
        _store.Add(record);
        _store.Revoke(record.Id, _time.GetUtcNow());
        (string expired, TokenRecord old) = BearerToken.Create("health", CallerRoles.Party, _time.GetUtcNow());
        _store.Add(old);
        (string unknown, _) = BearerToken.Create("health", CallerRoles.Party, _time.GetUtcNow().AddDays(1));
        string[][] wrongs =
        [
            [$"Bearer {revoked}"], [$"Bearer {expired}"], [$"Bearer {unknown}"], ["Bearer x"], ["Basic eA=="], [""],
            [_token], [$"Bearer {_token}", $"Bearer {_token}"],
        ];

        foreach (string[] wrong in wrongs)
        {
            // Far enough apart that no limit is met.
            _time.Advance(TimeSpan.FromMinutes(1));
            int before = _store.Looks;

            Assert.Same(Caller.Anonymous, Resolve(Here, wrong));
            Assert.Equal(before + 1, _store.Looks);
        }
    }

    [Fact]
    public void Resolve_TokenThatExpires_IsRefusedFromThenOn()
    {
        Assert.Equal("health", Resolve($"Bearer {_token}").Party);

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Same(Caller.Anonymous, Resolve($"Bearer {_token}"));
    }

    [Fact]
    public void Resolve_AddressOverItsLimit_IsRefusedUnlookedUntilItRefills()
    {
        for (int i = 0; i < Failures; i++)
        {
            Resolve($"Bearer wrong{i}");
        }

        int looks = _store.Looks;
        Assert.Same(Caller.Anonymous, Resolve($"Bearer {_token}"));
        Assert.Equal(looks, _store.Looks);
        Assert.Equal("health", Resolve(Elsewhere, $"Bearer {_token}").Party);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("health", Resolve($"Bearer {_token}").Party);
    }

    [Fact]
    public void Resolve_AgainFromAnAddressOverItsLimit_IsWhoeverItWasUntilItsTokenIsRevoked()
    {
        CallerEvidence evidence = new() { Remote = Here, Authorization = [$"Bearer {_token}"] };
        Assert.Equal("health", _resolver.Resolve(evidence).Party);
        for (int i = 0; i < Failures; i++)
        {
            Resolve($"Bearer wrong{i}");
        }

        Assert.Same(Caller.Anonymous, _resolver.Resolve(evidence));
        Assert.Equal("health", _resolver.Resolve(evidence, isAgain: true).Party);
        _store.Revoke(_record.Id, _time.GetUtcNow());

        Assert.Same(Caller.Anonymous, _resolver.Resolve(evidence, isAgain: true));
    }

    [Fact]
    public void Resolve_OneWrongTokenFromManyAddresses_IsRefusedUnlooked()
    {
        for (int i = 0; i < Failures; i++)
        {
            Resolve(IPAddress.Parse($"198.51.100.{i}"), "Bearer stolen");
        }

        int looks = _store.Looks;
        Assert.Same(Caller.Anonymous, Resolve(Here, "Bearer stolen"));
        Assert.Equal(looks, _store.Looks);
        Assert.Equal("health", Resolve($"Bearer {_token}").Party);
    }

    [Fact]
    public void Resolve_AccountOfTheSocket_IsThePrincipalUnlessATokenSaysOtherwise()
    {
        Assert.Equal("local", _resolver.Resolve(new CallerEvidence { PeerUserId = 1001 }).Name);
        Assert.Same(Caller.Anonymous, _resolver.Resolve(new CallerEvidence { PeerUserId = 1002 }));

        CallerEvidence both = new() { PeerUserId = 1001, Authorization = [$"Bearer {_token}"] };
        Assert.Equal("health", _resolver.Resolve(both).Party);
    }

    [Fact]
    public void Party_OfAnotherRole_IsNullWhateverTheName()
    {
        Caller analyst = new(CallerKind.Token, "health", CallerRoles.Analyst);

        Assert.Null(analyst.Party);
        Assert.Equal("health", analyst.Name);
    }

    private Caller Resolve(string authorization) => Resolve(Here, authorization);

    private Caller Resolve(IPAddress remote, params string[] authorization) =>
        _resolver.Resolve(new CallerEvidence { Remote = remote, Authorization = authorization });

    private sealed class CountingStore : ITokenStore
    {
        private readonly MemoryTokenStore _inner = new();

        public int Looks { get; private set; }

        public TokenRecord? Find(ReadOnlySpan<byte> hash)
        {
            Looks++;
            Assert.Equal(32, hash.Length);
            return _inner.Find(hash);
        }

        public void Add(TokenRecord token) => _inner.Add(token);

        public bool Revoke(string id, DateTimeOffset moment) => _inner.Revoke(id, moment);

        public IReadOnlyList<TokenRecord> List() => _inner.List();
    }
}
