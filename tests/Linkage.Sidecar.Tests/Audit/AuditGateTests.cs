using Grpc.Core;
using Grpc.Health.V1;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.V1;
using Microsoft.Extensions.DependencyInjection;
using AuditHead = Linkage.Sidecar.Audit.AuditHead;

namespace Linkage.Sidecar.Tests.Audit;

public sealed class AuditGateTests : IAsyncLifetime
{
    private UnitHost _host = null!;

    private AuditLog Log => _host.Services.GetRequiredService<AuditLog>();

    private V1.AuditService.AuditServiceClient Audit => new(_host.Connect());

    public async Task InitializeAsync() => _host = await UnitHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Calls_ThatChangeTellOrAreRefused_AreInTheLogAndOthersAreNot()
    {
        CreateProjectRequest create = new() { IdempotencyKey = UnitHost.NewKey, Name = "pilot" };
        string project = (await _host.Projects().CreateProjectAsync(create, _host.As("analyst"))).Project.Id;
        await _host.Projects().ListProjectsAsync(new ListProjectsRequest(), _host.As("analyst"));
        await UnitHost.RefusalAsync(_host.Projects().CreateProjectAsync(create, _host.As("operator")));
        GetProjectRequest get = new() { ProjectId = project };
        await UnitHost.RefusalAsync(_host.Projects().GetProjectAsync(get, _host.As("health")));

        AuditRecord[] records = [.. Log.ReadAfter(0)];

        Assert.Equal(
            [
                (AuditKind.Administration, AuditLog.StartAction, "", "ok", ""),
                (AuditKind.Approval, "ProjectService/CreateProject", "analyst", "ok", project),
                (AuditKind.Refusal, "ProjectService/CreateProject", "operator", "ROLE_NOT_ALLOWED", ""),
                (AuditKind.Refusal, "ProjectService/GetProject", "health", "UNKNOWN_RESOURCE", ""),
            ],
            records.Select(record => (
                record.Event.Kind,
                record.Event.Action,
                record.Event.Actor,
                record.Event.Outcome,
                record.Event.ProjectId)));
    }

    [Fact]
    public async Task Calls_OfHealth_AreNotInTheLog()
    {
        Health.HealthClient health = new(_host.Connect());
        HealthCheckResponse answer = await health.CheckAsync(new HealthCheckRequest());

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
        Assert.Single(Log.ReadAfter(0)); // the start
    }

    [Fact]
    public async Task Refusals_OfTheUnidentified_AreCountedInOneEntryOfTheListener()
    {
        for (int i = 0; i < 5; i++)
        {
            await UnitHost.RefusalAsync(_host.Projects().ListProjectsAsync(new ListProjectsRequest()));
        }

        AuditRecord noted = Assert.Single(Log.ReadAfter(1));
        Assert.Equal(("listener/loopback", "NOT_IDENTIFIED", ""),
            (noted.Event.Action, noted.Event.Outcome, noted.Event.Actor));
        Assert.Equal(1, noted.Event.Counts["refused"]);

        await _host.StopAsync();
        Assert.Equal(4, Log.ReadAfter(2).First().Event.Counts["refused"]);
    }

    [Fact]
    public async Task Entries_AskedByAuditorAndParty_AreAllAndItsOwn()
    {
        CreateProjectRequest create = new() { IdempotencyKey = UnitHost.NewKey, Name = "pilot" };
        await _host.Projects().CreateProjectAsync(create, _host.As("analyst"));
        await UnitHost.RefusalAsync(_host.Projects().CreateProjectAsync(create, _host.As("health")));
        await Log.AppendAsync(
            [AuditLogFixture.Disclosure("benefits", "health"), AuditLogFixture.Disclosure("benefits", "schools")]);

        List<AuditEntry> all = await ReadAsync("auditor");
        List<AuditEntry> own = await ReadAsync("health");

        Assert.Equal(Enumerable.Range(1, all.Count).Select(i => (long)i), all.Select(entry => entry.Sequence));
        Assert.Equal([3L, 4L], own.Select(entry => entry.Sequence));
        Assert.Equal("REFUSAL", AuditLine.WordOf(own[0].Kind));
        Assert.Equal(("benefits", "intake", "3.1", "case-7"),
            (own[1].Actor, own[1].Purpose, own[1].Clause, own[1].CaseReference));
    }

    [Fact]
    public async Task Head_AskedAfterACall_CoversItAndVerifies()
    {
        CreateProjectRequest create = new() { IdempotencyKey = UnitHost.NewKey, Name = "pilot" };
        await _host.Projects().CreateProjectAsync(create, _host.As("analyst"));

        V1.AuditHead head = (await Audit.GetHeadAsync(new GetHeadRequest(), _host.As("health"))).Head;

        Assert.Equal(2, head.Sequence);
        using AuditKey key = AuditKey.LoadPublic(Log.Folder.PublicKey);
        AuditHead kept =
            AuditHead.Read(System.Text.Encoding.UTF8.GetBytes(head.HeadText))!;
        Assert.True(AuditVerifier.Verify(Log.Folder, key, kept).IsSound);
    }

    [Fact]
    public async Task Summary_OfAParty_CountsAnswersRecordsAndRefusals()
    {
        AuditEvent told = AuditLogFixture.Disclosure("benefits", "health", records: 3);
        AuditEvent refused = told with { Kind = AuditKind.Refusal, Outcome = "NOT_IN_AGREEMENT" };
        await Log.AppendAsync([told, told, refused, AuditLogFixture.Disclosure("benefits", "schools")]);
        SummarizeDisclosuresRequest request = new() { Party = "health" };

        SummarizeDisclosuresResponse own = await Audit.SummarizeDisclosuresAsync(request, _host.As("health"));
        SummarizeDisclosuresResponse auditors = await Audit.SummarizeDisclosuresAsync(request, _host.As("auditor"));

        V1.DisclosureRow row = Assert.Single(own.Rows);
        Assert.Equal(("benefits", 2, 6, 1), (row.Recipient, row.Answers, row.Records, row.Refusals));
        Assert.Equal(own.Rows, auditors.Rows);
        Assert.Equal(
            (StatusCode.InvalidArgument, "BAD_FIELDS"),
            await UnitHost.RefusalAsync(Audit.SummarizeDisclosuresAsync(request, _host.As("schools"))));
    }

    private async Task<List<AuditEntry>> ReadAsync(string caller)
    {
        using AsyncServerStreamingCall<StreamEntriesResponse> call =
            Audit.StreamEntries(new StreamEntriesRequest(), _host.As(caller));
        List<AuditEntry> entries = [];
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            entries.AddRange(call.ResponseStream.Current.Entries);
        }

        return entries;
    }
}
