using System.Text;
using Grpc.Core;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Services.Exchange.Support;
using Linkage.Sidecar.Tests.Storage.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.Extensions.DependencyInjection;
using AgreementClient = Linkage.V1.AgreementService.AgreementServiceClient;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Agreements;

public sealed class AgreementFlowTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] Parties = ["health", "benefits", "schools"];

    private readonly ManualTime _time = new();
    private readonly AgreementSample _sample = new(Parties);
    private UnitHost _host = null!;
    private string _project = null!;

    private AgreementClient Client => _host.Agreements();

    public async Task InitializeAsync()
    {
        _host = await UnitHost.StartAsync(time: _time);
        _project = (await UnitFlow.CreateAsync(_host)).Id;
        foreach (string party in Parties)
        {
            await _host.Projects().InvitePartyAsync(
                new InvitePartyRequest { IdempotencyKey = UnitHost.NewKey, ProjectId = _project, Party = party },
                _host.As("analyst"));
        }
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Sign_ByEveryParty_PutsTheAgreementInForce()
    {
        Agreement proposed = await ProposeAsync(_sample.Text);
        Assert.Equal((AgreementState.Draft, _sample.Text.Digest), (proposed.State, proposed.Digest));
        Assert.Equal(AgreementState.PartlySigned, (await SignAsync(_sample.Text, "health")).State);
        Assert.Equal(AgreementState.PartlySigned, (await SignAsync(_sample.Text, "benefits")).State);
        Assert.Equal(ErrorReason.AgreementNotInForce, Decide("health", "schools", "care").Refusal);
        Assert.Equal(AgreementState.Active, (await SignAsync(_sample.Text, "schools")).State);

        DisclosureRuling ruling = Decide("health", "schools", "care");
        Assert.Equal(("2.1", ShownParts.LinkId | ShownParts.Probability), (ruling.Clause, ruling.Shown));
        GetAgreementResponse got = await Client.GetAgreementAsync(
            new GetAgreementRequest { ProjectId = _project }, _host.As("benefits"));
        Assert.Equal(3, got.SignatureTexts.Count);
        Assert.All(got.SignatureTexts, text => Assert.True(AgreementSigning.IsValid(
            AgreementText.Read(Encoding.UTF8.GetBytes(got.Agreement.DocumentText)),
            AgreementSigning.Read(Encoding.UTF8.GetBytes(text)))));
    }

    [Fact]
    public async Task Sign_Repeated_ChangesNothing()
    {
        await ProposeAsync(_sample.Text);
        Agreement first = await SignAsync(_sample.Text, "health");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(first, await SignAsync(_sample.Text, "health"));
    }

    [Fact]
    public async Task Sign_SignatureOfAnotherOrUnderAnotherText_IsRefused()
    {
        await ProposeAsync(_sample.Text);
        AgreementText other = AgreementText.Of(_sample.Document with { Title = "Another" });
        string own = _sample.SignatureText(_sample.Text, "health");
        string[] wrong =
        [
            _sample.SignatureText(_sample.Text, "benefits"),
            _sample.SignatureText(other, "health"),
            own.Replace(AgreementSample.Within.ToString("yyyy", null), "2031", StringComparison.Ordinal),
            "{}",
        ];

        foreach (string text in wrong)
        {
            Assert.Equal(
                (StatusCode.InvalidArgument, "AGREEMENT_UNUSABLE"),
                await UnitHost.RefusalAsync(Client.SignAgreementAsync(
                    new SignAgreementRequest { ProjectId = _project, SignatureText = text }, _host.As("health"))));
        }

        Assert.Equal(AgreementState.Draft, (await GetAsync()).State);
    }

    [Fact]
    public async Task Propose_NewVersion_TakesOverWhenEveryPartyHasSigned()
    {
        await AgreeAsync(_sample.Text);
        AgreementText next = AgreementText.Of(_sample.Document with
        {
            Version = 2,
            Replaces = _sample.Text.Digest,
            LookupRules = [],
        });
        await ProposeAsync(next);
        await SignAsync(next, "health");
        await SignAsync(next, "benefits");
        Assert.Equal(1, (await GetAsync()).Version);
        Assert.True(Decide("health", "schools", "care").IsAllowed);

        await SignAsync(next, "schools");

        Assert.Equal((2, AgreementState.Active), ((await GetAsync()).Version, (await GetAsync()).State));
        Assert.Equal(AgreementState.Replaced, (await GetAsync(1)).State);
        Assert.False(Decide("health", "schools", "care").IsAllowed);
    }

    [Fact]
    public async Task Propose_VersionThatDoesNotFollow_IsRefused()
    {
        await AgreeAsync(_sample.Text);
        AgreementDocument next = _sample.Document with { Version = 2, Replaces = _sample.Text.Digest };
        AgreementDocument[] wrong =
        [
            _sample.Document with { Title = "Again" }, next with { Version = 3 },
            next with { Replaces = new string('0', 64) }, next with { Id = "other" },
            next with // two of three cannot end what the third has signed
            {
                Parties = [.. next.Parties.Take(2)],
                LookupRules = [.. next.LookupRules.Take(1)],
            },
        ];

        foreach (AgreementDocument document in wrong)
        {
            Assert.Equal(
                (StatusCode.InvalidArgument, "AGREEMENT_UNUSABLE"),
                await UnitHost.RefusalAsync(Client.ProposeAgreementAsync(
                    Proposal(AgreementText.Of(document)), _host.As("analyst"))));
        }
    }

    [Fact]
    public async Task Propose_NewVersionAfterAPartyHasLeft_NeedsItNoMore()
    {
        await AgreeAsync(_sample.Text);
        await Client.WithdrawFromAgreementAsync(
            new WithdrawFromAgreementRequest { ProjectId = _project }, _host.As("schools"));
        AgreementText next = AgreementText.Of(_sample.Document with
        {
            Version = 2,
            Replaces = _sample.Text.Digest,
            Parties = [.. _sample.Document.Parties.Take(2)],
            LookupRules = [.. _sample.Document.LookupRules.Take(1)],
        });

        await ProposeAsync(next);
        await SignAsync(next, "health");

        Assert.Equal(AgreementState.Active, (await SignAsync(next, "benefits")).State);
    }

    [Fact]
    public async Task Propose_AgainWhatHadGivenWay_HasToBeSignedAnew()
    {
        await ProposeAsync(_sample.Text);
        await SignAsync(_sample.Text, "health");
        await ProposeAsync(AgreementText.Of(_sample.Document with { Title = "Another" }));

        Agreement again = await ProposeAsync(_sample.Text);

        Assert.Equal(AgreementState.Draft, again.State);
        foreach (string party in Parties)
        {
            await SignAsync(_sample.Text, party);
        }

        Assert.Equal(AgreementState.Active, (await GetAsync()).State);
    }

    [Fact]
    public async Task Propose_WithoutEnd_KeepsTheLastOnesAndWhatIsInForce()
    {
        await AgreeAsync(_sample.Text);
        AgreementDocument next = _sample.Document with { Version = 2, Replaces = _sample.Text.Digest };
        for (int i = 0; i < 30; i++)
        {
            await ProposeAsync(AgreementText.Of(next with { Title = $"Draft {i}" }));
        }

        ListAgreementsResponse listed = await Client.ListAgreementsAsync(
            new ListAgreementsRequest { ProjectId = _project }, _host.As("health"));

        Assert.Equal(11, listed.Agreements.Count);
        Assert.Equal(AgreementState.Active, listed.Agreements[0].State);
        Assert.Equal(AgreementState.Draft, listed.Agreements[^1].State);
        Assert.True(Decide("health", "schools", "care").IsAllowed);
    }

    [Fact]
    public async Task Withdraw_OneParty_EndsWhatConcernsItAtOnce()
    {
        await AgreeAsync(_sample.Text);

        Agreement left = (await Client.WithdrawFromAgreementAsync(
            new WithdrawFromAgreementRequest { ProjectId = _project }, _host.As("schools"))).Agreement;

        Assert.Equal(AgreementState.Active, left.State);
        Assert.NotNull(left.Signers.Single(signer => signer.Party == "schools").WithdrawTime);
        Assert.False(Decide("health", "schools", "care").IsAllowed);
        Assert.False(Decide("schools", "health", "care").IsAllowed);
        Assert.True(Decide("health", "benefits", "care").IsAllowed);
        await Client.WithdrawFromAgreementAsync(
            new WithdrawFromAgreementRequest { ProjectId = _project }, _host.As("benefits"));
        Assert.Equal(AgreementState.Withdrawn, (await GetAsync()).State);
    }

    [Fact]
    public async Task Release_AskedAndAnswered_DecidesForTheCase()
    {
        await AgreeAsync(_sample.Text);
        Assert.Equal(ErrorReason.ReleaseNeeded, Decide("health", "schools", "inquiry").Refusal);
        ReleaseRequest asked = await RequestAsync("health", "schools");
        Assert.Equal(asked, await RequestAsync("health", "schools"));
        Assert.Equal(asked.Id, Decide("health", "schools", "inquiry").RequestId);

        ReleaseRequest released = await AnswerAsync("schools", asked.Id, citation: null);

        Assert.Equal(ReleaseState.Released, released.State);
        Assert.True(Decide("health", "schools", "inquiry").IsAllowed);
        Assert.False(Decide("health", "schools", "inquiry", "c-2").IsAllowed);
        Assert.False(Decide("benefits", "schools", "inquiry").IsAllowed);
        await AnswerAsync("schools", asked.Id, "A court order");
        DisclosureRuling refused = Decide("health", "schools", "inquiry");
        Assert.Equal((ErrorReason.ReleaseRefused, "A court order"), (refused.Refusal, refused.Citation));
        Assert.Equal(
            (StatusCode.FailedPrecondition, "WRONG_STATE"),
            await UnitHost.RefusalAsync(AnswerCall("schools", asked.Id, citation: null)));
    }

    [Fact]
    public async Task Release_RefusedWithHiddenLetters_IsNoCitation()
    {
        await AgreeAsync(_sample.Text);
        ReleaseRequest asked = await RequestAsync("health", "schools");

        foreach (string citation in (string[])["An act\nand more", "An \u202etca"])
        {
            Assert.Equal(
                (StatusCode.InvalidArgument, "BAD_FIELDS"),
                await UnitHost.RefusalAsync(AnswerCall("schools", asked.Id, citation)));
        }
    }

    [Fact]
    public async Task Release_AskedForWithoutEnd_IsRefusedWhileAThousandWait()
    {
        await AgreeAsync(_sample.Text);
        Stored.AgreementStore store = _host.Services.GetRequiredService<Stored.UnitStore>().Agreements;
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => store.RequestAsync(
            new Stored.AgreementRelease
            {
                Id = Stored.StoreIds.Create(),
                ProjectId = _project,
                AgreementDigest = _sample.Text.Digest,
                AskingParty = "health",
                AskedParty = "schools",
                Purpose = "inquiry",
                CaseReference = $"flood-{i}",
                CreatedAt = _time.GetUtcNow(),
                DueAt = _time.GetUtcNow(),
            },
            StoreTest.Request($"flood-{i}", caller: "health"),
            CancellationToken.None)));

        Assert.Equal(
            (StatusCode.ResourceExhausted, "LIMIT_REACHED"),
            await UnitHost.RefusalAsync(RequestCall("health", "schools", "inquiry")));
        Assert.NotEmpty((await RequestAsync("benefits", "schools")).Id);
    }

    [Fact]
    public async Task Release_AfterItsTime_HasToBeAskedForAnew()
    {
        await AgreeAsync(_sample.Text);
        ReleaseRequest asked = await RequestAsync("health", "schools");
        await AnswerAsync("schools", asked.Id, citation: null);

        _time.Advance(TimeSpan.FromDays(30));

        Assert.Equal(ErrorReason.ReleaseNeeded, Decide("health", "schools", "inquiry").Refusal);
        Assert.NotEqual(asked.Id, (await RequestAsync("health", "schools")).Id);
    }

    [Fact]
    public async Task Release_OfAnotherParty_IsAnsweredAsOneThatDoesNotExist()
    {
        await AgreeAsync(_sample.Text);
        ReleaseRequest asked = await RequestAsync("health", "schools");

        Assert.Equal(
            (StatusCode.NotFound, "UNKNOWN_RESOURCE"),
            await UnitHost.RefusalAsync(AnswerCall("health", asked.Id, citation: null)));
        Assert.Equal(
            (StatusCode.NotFound, "UNKNOWN_RESOURCE"),
            await UnitHost.RefusalAsync(AnswerCall("benefits", asked.Id, "An act")));
    }

    [Fact]
    public async Task Release_ThatNoClauseWants_IsRefusedWithItsReason()
    {
        await AgreeAsync(_sample.Text);

        Assert.Equal(
            (StatusCode.PermissionDenied, "EXCEPTED_BY_AGREEMENT"),
            await UnitHost.RefusalAsync(RequestCall("benefits", "health", "care")));
        Assert.Equal(
            (StatusCode.PermissionDenied, "NOT_IN_AGREEMENT"),
            await UnitHost.RefusalAsync(RequestCall("schools", "health", "inquiry")));
        Assert.Equal(
            (StatusCode.FailedPrecondition, "WRONG_STATE"),
            await UnitHost.RefusalAsync(RequestCall("health", "schools", "care")));
    }

    [Fact]
    public async Task ListWaiting_SignaturesAndReleases_AreToldToWhomTheyConcern()
    {
        await ProposeAsync(_sample.Text);
        await SignAsync(_sample.Text, "health");
        Assert.Equal(["benefits", "schools"], (await WaitingAsync("analyst")).Select(item => item.Party));
        Assert.Empty(await WaitingAsync("health"));
        await SignAsync(_sample.Text, "benefits");
        await SignAsync(_sample.Text, "schools");
        await RequestAsync("health", "schools");
        OverdueWatch watch = _host.Services.GetRequiredService<OverdueWatch>();
        Assert.Equal(0, watch.Look());
        _time.Advance(TimeSpan.FromDays(15));
        Assert.Equal(1, watch.Look());

        WaitingItem item = Assert.Single(await WaitingAsync("schools", overdueOnly: true));

        Assert.Equal((WaitingKind.Release, true, "c-1"), (item.Kind, item.Overdue, item.Request.CaseReference));
        Assert.Single(await WaitingAsync("health"));
        Assert.Empty(await WaitingAsync("benefits"));
        Assert.Equal(item.SinceTime.ToDateTimeOffset().AddDays(14), item.DueTime.ToDateTimeOffset());
    }

    private DisclosureRuling Decide(string asking, string asked, string purpose, string reference = "c-1") =>
        _host.Services.GetRequiredService<IDisclosurePolicy>().Decide(
            new DisclosureQuestion(_project, asking, asked, purpose, reference));

    private ProposeAgreementRequest Proposal(AgreementText text) => new()
    {
        IdempotencyKey = UnitHost.NewKey,
        ProjectId = _project,
        DocumentText = Encoding.UTF8.GetString(AgreementText.Format(text.Document)),
    };

    private async Task<Agreement> ProposeAsync(AgreementText text) =>
        (await Client.ProposeAgreementAsync(Proposal(text), _host.As("analyst"))).Agreement;

    private async Task<Agreement> SignAsync(AgreementText text, string party) => (await Client.SignAgreementAsync(
        new SignAgreementRequest { ProjectId = _project, SignatureText = _sample.SignatureText(text, party) },
        _host.As(party))).Agreement;

    private async Task AgreeAsync(AgreementText text)
    {
        await ProposeAsync(text);
        foreach (string party in Parties)
        {
            await SignAsync(text, party);
        }
    }

    private async Task<Agreement> GetAsync(int version = 0) => (await Client.GetAgreementAsync(
        new GetAgreementRequest { ProjectId = _project, Version = version }, _host.As("health"))).Agreement;

    private AsyncUnaryCall<RequestReleaseResponse> RequestCall(string asking, string asked, string purpose) =>
        Client.RequestReleaseAsync(
            new RequestReleaseRequest
            {
                IdempotencyKey = UnitHost.NewKey,
                ProjectId = _project,
                Party = asked,
                Purpose = purpose,
                CaseReference = "c-1",
            },
            _host.As(asking));

    private async Task<ReleaseRequest> RequestAsync(string asking, string asked) =>
        (await RequestCall(asking, asked, "inquiry")).Request;

    private AsyncUnaryCall<AnswerReleaseResponse> AnswerCall(string party, string id, string? citation) =>
        Client.AnswerReleaseAsync(
            new AnswerReleaseRequest
            {
                ProjectId = _project,
                RequestId = id,
                Released = citation is null,
                Citation = citation ?? string.Empty,
            },
            _host.As(party));

    private async Task<ReleaseRequest> AnswerAsync(string party, string id, string? citation) =>
        (await AnswerCall(party, id, citation)).Request;

    private async Task<IReadOnlyList<WaitingItem>> WaitingAsync(string caller, bool overdueOnly = false) =>
        (await Client.ListWaitingAsync(
            new ListWaitingRequest { ProjectId = _project, OverdueOnly = overdueOnly }, _host.As(caller))).Items;
}
