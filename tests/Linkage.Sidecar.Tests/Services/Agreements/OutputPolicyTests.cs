using System.Text;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services.Unit.Agreements;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Services.Runs.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Tests.Services.Agreements;

public sealed class OutputPolicyTests : IClassFixture<RunPeople>, IAsyncLifetime, IDisposable
{
    private readonly RunPeople _people;
    private readonly ManualTime _time = new();
    private RunBench _bench = null!;
    private AgreementSample _sample = null!;
    private OutputPolicy _policy = null!;

    public OutputPolicyTests(RunPeople people)
    {
        _people = people;
    }

    private Stored.AgreementStore Store => _bench.Store.Agreements;

    private string[] Parties => [.. _bench.Project.Parties.Select(party => party.Name)];

    public async Task InitializeAsync()
    {
        _bench = await RunBench.CreateAsync(_people, Stored.OutputType.LinkIds, withFiles: false);
        _sample = new AgreementSample(Parties);
        _policy = new OutputPolicy(new AgreementBooks(_bench.Store), _time, isRequired: false);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    public void Dispose() => _sample?.Dispose();

    [Fact]
    public void Require_NoAgreement_IsAllowedUnlessTheSettingAsksForOne()
    {
        OutputPolicy strict = new(new AgreementBooks(_bench.Store), _time, isRequired: true);

        _policy.Require(_bench.Project.Id);

        Assert.Equal(ErrorReason.AgreementNotInForce, ReasonOf(strict));
    }

    [Fact]
    public async Task Require_OutputOfAPurpose_IsAllowedFromTheLastSignatureToTheLastDay()
    {
        AgreementText text = AgreementText.Of(Document("ownLinkIds"));
        await ProposeAsync(text);
        Assert.Equal(ErrorReason.AgreementNotInForce, ReasonOf(_policy));
        await SignAsync(text, Parties[..^1]);
        Assert.Equal(ErrorReason.AgreementNotInForce, ReasonOf(_policy));

        await SignAsync(text, Parties[^1..]);

        _policy.Require(_bench.Project.Id);
        _time.Advance(text.Document.End - _time.GetUtcNow());
        Assert.Equal(ErrorReason.AgreementNotInForce, ReasonOf(_policy));
    }

    [Fact]
    public async Task Require_OutputOfNoPurpose_IsRefused()
    {
        await AgreeAsync(AgreementText.Of(Document("counts", "groups", "lookup")));

        Assert.Equal(ErrorReason.NotInAgreement, ReasonOf(_policy));
    }

    [Fact]
    public async Task Require_FieldThatThePurposeMayNotUse_IsRefused()
    {
        AgreementDocument document = Document("ownLinkIds");
        await AgreeAsync(AgreementText.Of(
            document with { Purposes = [document.Purposes[0] with { Fields = ["other"] }] }));

        Assert.Equal(ErrorReason.NotInAgreement, ReasonOf(_policy));
    }

    [Fact]
    public async Task Require_PartyThatHasLeftTheAgreement_IsRefused()
    {
        await AgreeAsync(AgreementText.Of(Document("ownLinkIds")));
        await Store.WithdrawAsync(_bench.Project.Id, Parties[0], None);

        Assert.True(ReasonOf(_policy) is ErrorReason.NotInAgreement or ErrorReason.AgreementNotInForce);
    }

    private AgreementDocument Document(params string[] outputs) => _sample.Document with
    {
        Purposes = [AgreementSample.Purpose("care", outputs)],
        LookupRules = [],
        Exceptions = [],
    };

    private ErrorReason ReasonOf(OutputPolicy policy) =>
        Assert.Throws<RunRefusedException>(() => policy.Require(_bench.Project.Id)).Reason;

    private Task ProposeAsync(AgreementText text) => Store.ProposeAsync(
        _bench.Project.Id,
        new Stored.AgreementPlan(
            text.Digest, 1, null, Encoding.UTF8.GetString(AgreementText.Format(text.Document)), Parties),
        Request(Stored.StoreIds.Create()),
        None);

    private async Task SignAsync(AgreementText text, IEnumerable<string> parties)
    {
        foreach (string party in parties)
        {
            await Store.SignAsync(_bench.Project.Id, text.Digest, party, _sample.SignatureText(text, party), None);
        }
    }

    private async Task AgreeAsync(AgreementText text)
    {
        await ProposeAsync(text);
        await SignAsync(text, Parties);
    }
}
