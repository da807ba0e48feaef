using System.Text;
using Google.Protobuf.Collections;
using Grpc.Core;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services.Owner;
using Linkage.Sidecar.Tests.Agreements.Support;
using Linkage.Sidecar.Tests.Services.Owner.Support;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner;

/// <summary>A caseworker's question from an owner's process to a unit's, each started as its operator does.</summary>
public sealed class FindProcessTests : IDisposable
{
    private const string Canary = "zqxcanary";
    private const string CanaryDigits = "918273645546372819";
    private const int Known = 150;
    private const int Unknown = 50;

    private readonly OwnerFolder _folder = new();
    private readonly AgreementSample _agreement = new("health", "benefits");
    private readonly OwnerSite _owner;
    private readonly UnitSite _unit = new();

    public FindProcessTests()
    {
        _owner = new OwnerSite(_folder.Key);
        _owner.AddUnit(_unit);
    }

    public void Dispose()
    {
        _owner.Dispose();
        _unit.Dispose();
        _agreement.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task FindClient_SignedAgreement_IsAnsweredAndPlantedValuesAreNowhere()
    {
        using RunningProcess unit = await _unit.StartProcessAsync();
        EncodingService.EncodingServiceClient client = await _owner.StartAsync();
        string project = await LinkAsync(unit, client, Document());

        FindClientResponse known = await client.FindClientAsync(Question(Known, project));
        FindClientResponse unknown = await client.FindClientAsync(Question(Unknown, project));
        FindClientResponse planted = await client.FindClientAsync(Planted(project));
        RpcException failure = await OwnerCalls.FailureAsync(
            () => client.FindClientAsync(Planted(new string('0', 32))).ResponseAsync);
        string log = await _owner.StopAsync() + await unit.StopAsync();

        Assert.Equal(LinkDecision.Match, Assert.Single(MatchesOf(known, "benefits")).Decision);
        Assert.Empty(MatchesOf(unknown, "benefits"));
        Assert.Empty(MatchesOf(planted, "benefits"));
        Assert.True(known.AuditSequence < unknown.AuditSequence && unknown.AuditSequence < planted.AuditSequence);
        Assert.Equal("UNKNOWN_RESOURCE", OwnerCalls.ReasonOf(failure));
        AssertClean($"{failure} {OwnerCalls.DetailsOf(failure)}");
        AssertClean(log);
        await AssertFilesAreCleanAsync(_unit.Root);
        await AssertFilesAreCleanAsync(_owner.Root);
    }

    [Fact]
    public async Task FindClient_ExceptionOfTheAgreement_IsRefusedWithClauseAndCitation()
    {
        using RunningProcess unit = await _unit.StartProcessAsync();
        EncodingService.EncodingServiceClient client = await _owner.StartAsync();
        string project = await LinkAsync(unit, client, Document(new LookupException(
            "3.1", ["health"], ["benefits"], ["*"], "Act 5, section 3", "Not for this agency.")));
        FindClientRequest own = Question(Known, project);
        own.Parties.Add("health");

        // Its own answer does not make up for the other's.
        RpcException failure = await OwnerCalls.FailureAsync(
            () => client.FindClientAsync(Question(Known, project)).ResponseAsync);
        FindClientResponse ownOnly = await client.FindClientAsync(own);

        Google.Rpc.ErrorInfo info = OwnerCalls.DetailsOf(failure).Details
            .Single(any => any.Is(Google.Rpc.ErrorInfo.Descriptor)).Unpack<Google.Rpc.ErrorInfo>();
        Assert.Equal(
            (StatusCode.PermissionDenied, "EXCEPTED_BY_AGREEMENT", "3.1", "Act 5, section 3"),
            (failure.StatusCode, info.Reason, info.Metadata["clause"], info.Metadata["citation"]));
        Assert.NotEmpty(MatchesOf(ownOnly, "health"));
    }

    private static FindClientRequest Question(int person, string project)
    {
        FindClientRequest question = FindQuestions.For(person, project);
        question.Purpose = "care";
        return question;
    }

    private static FindClientRequest Planted(string project)
    {
        FindClientRequest question = Question(Known, project);
        question.Fields["given"] = $"{Canary}given";
        question.Fields["family"] = $"{Canary}family";
        question.Fields["born"] = "1903-02-01";
        question.Fields["number"] = CanaryDigits;
        return question;
    }

    private static RepeatedField<LookupMatch> MatchesOf(FindClientResponse response, string party) =>
        response.Answers.Single(answer => answer.Party == party).Matches.Matches;

    private static bool IsPlantedIn(string text) =>
        text.Contains(Canary, StringComparison.OrdinalIgnoreCase)
        || text.Contains(CanaryDigits, StringComparison.Ordinal);

    private static void AssertClean(string text) => Assert.False(IsPlantedIn(text), "A planted value came out.");

    private static async Task AssertFilesAreCleanAsync(string root)
    {
        string[] files = Directory.GetFiles(root, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (string path in files.Where(path => new FileInfo(path).Length > 0))
        {
            byte[] content = await File.ReadAllBytesAsync(path);
            AssertClean(Encoding.Latin1.GetString(content));
            AssertClean(Encoding.Unicode.GetString(content));
        }
    }

    private AgreementText Document(params LookupException[] exceptions) => AgreementText.Of(_agreement.Document with
    {
        LookupRules = [new LookupRule("2.1", ["*"], ["*"], ["care"], "share", ["linkId", "probability"])],
        Exceptions = exceptions,
        Effective = new DateOnly(2020, 1, 1),
        Expires = new DateOnly(2120, 12, 31),
    });

    // Of these people, health holds the first 300, benefits those from the hundredth on.
    private async Task<string> LinkAsync(
        RunningProcess unit, EncodingService.EncodingServiceClient client, AgreementText agreement)
    {
        string project = await _unit.AgreeAsync(unit.Address, _folder.Terms(), "health", "benefits");
        EncodeStart own = OwnerCalls.Start();
        own.Destination.Unit = new UnitTarget { Unit = "unit", ProjectId = project };
        await OwnerCalls.EncodeAsync(client, own, OwnerCalls.Records(0, 300));
        using UnitRoutes routes = UnitRoutes.Load([_unit.OverSocket("benefits")], TimeProvider.System);
        await using OwnerHost other = await OwnerHost.StartAsync(_folder, connect: routes.Find);
        EncodeStart theirs = OwnerCalls.Start("benefits");
        theirs.Destination.Unit = own.Destination.Unit;
        EncodeRecords records = new();
        records.Records.Add(Enumerable.Range(100, 300).Select(OwnerCalls.Named));
        await OwnerCalls.EncodeAsync(other.Client, theirs, records);
        await _unit.SignAsync(unit.Address, project, _agreement, agreement, "health", "benefits");
        await _unit.LinkAsync(unit.Address, project);
        return project;
    }
}
