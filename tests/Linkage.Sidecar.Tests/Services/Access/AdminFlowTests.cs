using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Access;

public sealed class AdminFlowTests : IAsyncLifetime
{
    private UnitHost _host = null!;

    public async Task InitializeAsync() => _host = await UnitHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Token_IssuedUsedAndRevoked_OpensNothingAfterwards()
    {
        IssueTokenRequest request = new()
        {
            IdempotencyKey = UnitHost.NewKey,
            Subject = "health",
            Lifetime = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)),
        };
        IssueTokenResponse issued = await _host.Admin().IssueTokenAsync(request, _host.As("health"));
        IssueTokenResponse again = await _host.Admin().IssueTokenAsync(request, _host.As("health"));
        CallOptions fresh = new(new Metadata { { "authorization", $"Bearer {issued.TokenText}" } });

        ListTokensResponse mine = await _host.Admin().ListTokensAsync(new ListTokensRequest(), fresh);
        RevokeTokenRequest revoke = new() { TokenId = issued.Token.Id };
        (StatusCode Code, string Reason) others = await UnitHost.RefusalAsync(
            _host.Admin().RevokeTokenAsync(revoke, _host.As("benefits")));
        RevokeTokenResponse revoked = await _host.Admin().RevokeTokenAsync(revoke, _host.As("operator"));

        Assert.Equal((issued.Token, string.Empty), (again.Token, again.TokenText));
        Assert.Contains(issued.Token, mine.Tokens);
        Assert.All(mine.Tokens, token => Assert.Equal("health", token.Subject));
        Assert.Equal((StatusCode.NotFound, "UNKNOWN_RESOURCE"), others);
        Assert.NotNull(revoked.Token.RevokeTime);
        Assert.Equal(
            (StatusCode.Unauthenticated, "NOT_IDENTIFIED"),
            await UnitHost.RefusalAsync(_host.Admin().ListTokensAsync(new ListTokensRequest(), fresh)));
    }

    [Theory]
    [InlineData("operator", "health")]
    [InlineData("operator", "analyst")]
    [InlineData("health", "benefits")]
    [InlineData("auditor", "operator")]
    public async Task Token_ForSomebodyElse_IsRefused(string caller, string subject)
    {
        IssueTokenRequest request = new() { IdempotencyKey = UnitHost.NewKey, Subject = subject };

        Assert.Equal(
            (StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED"),
            await UnitHost.RefusalAsync(_host.Admin().IssueTokenAsync(request, _host.As(caller))));
    }

    [Fact]
    public async Task Token_OfAnOperatorForAnAuditor_IsTheAuditors()
    {
        IssueTokenRequest request = new() { IdempotencyKey = UnitHost.NewKey, Subject = "auditor" };

        Assert.Equal(Role.Auditor, (await _host.Admin().IssueTokenAsync(request, _host.As("operator"))).Token.Role);
    }

    [Fact]
    public async Task Status_OfAUnit_CountsProjectsAndUploads()
    {
        await UnitFlow.CreateAsync(_host);

        GetStatusResponse status = await _host.Admin().GetStatusAsync(new GetStatusRequest(), _host.As("operator"));

        Assert.True(status.Serving);
        Assert.Equal(1, status.Projects.Draft);
        Assert.True(status.FreeBytes > 0);
        Assert.Equal(0, status.OpenUploads);
    }

    [Fact]
    public async Task Parties_InPages_AreAllInTheOrderOfTheirNames()
    {
        List<V1.Identity> all = [];
        ListPartiesRequest ask = new() { PageSize = 3 };
        do
        {
            ListPartiesResponse page = await _host.Admin().ListPartiesAsync(ask, _host.As("analyst"));
            all.AddRange(page.Parties);
            ask.PageToken = page.NextPageToken;
        }
        while (ask.PageToken.Length > 0);

        Assert.Equal(
            ["analyst", "auditor", "benefits", "health", "operator", "outsider", "schools"],
            all.Select(identity => identity.Name));
    }
}
