using Grpc.Core;
using Grpc.Health.V1;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Services.Audit;
using Linkage.Sidecar.Services.Unit.Audit;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.Extensions.DependencyInjection;
using AuditOutbox = Linkage.Sidecar.Storage.AuditOutbox;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Linkage.Sidecar.Tests.Audit;

/// <summary>A unit whose audit log cannot be written for a while.</summary>
public sealed class AuditWatchTests : IAsyncLifetime
{
    private UnitHost _host = null!;

    private AuditLog Log => _host.Services.GetRequiredService<AuditLog>();

    // A directory in the place of the file that the next head is written to.
    private string Obstacle => Log.Folder.Head + ".draft";

    public async Task InitializeAsync() => _host = await UnitHost.StartAsync(change: options => options with
    {
        Telemetry = new TelemetryOptions { Prometheus = RunningHost.FreePort },
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Log_ThatCannotBeWritten_IsToldByHealthAndFigureUntilItCan()
    {
        Assert.Equal(ServingStatus.Serving, await HealthAsync(""));
        Assert.Contains("linkage_audit_writable 1", await _host.ScrapeAsync(), StringComparison.Ordinal);

        Directory.CreateDirectory(Obstacle);
        Assert.Equal((StatusCode.Internal, "INTERNAL_ERROR"), await CreateRefusedAsync());

        Assert.Equal(ServingStatus.NotServing, await HealthAsync(""));
        Assert.Equal(ServingStatus.NotServing, await HealthAsync("linkage.v1.LookupService"));
        Assert.Contains("linkage_audit_writable 0", await _host.ScrapeAsync(), StringComparison.Ordinal);

        Directory.Delete(Obstacle);
        await Waiting.UntilAsync(() => Log.Condition.IsWritable);

        Assert.Equal(ServingStatus.Serving, await HealthAsync(""));
        Assert.Equal(ServingStatus.Serving, await HealthAsync("linkage.v1.LookupService"));
        Assert.Contains("linkage_audit_writable 1", await _host.ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_WhileTheLogCannotBeWritten_DoNothingAndTheOneThatFoundOutIsInItLater()
    {
        Directory.CreateDirectory(Obstacle);
        await CreateRefusedAsync();
        await CreateRefusedAsync();
        ListProjectsResponse listed = await _host.Projects().ListProjectsAsync(
            new ListProjectsRequest(), _host.As("analyst"));
        Project only = Assert.Single(listed.Projects);

        Directory.Delete(Obstacle);
        await Waiting.UntilAsync(() => Log.ReadAfter(1).Any(record => record.Event.ProjectId == only.Id));
        await _host.Services.GetRequiredService<AuditWatch>().LookAsync();

        AuditRecord[] records = [.. Log.ReadAfter(1)];
        Assert.Equal([AuditLog.ResumeAction, "ProjectService/CreateProject"],
            records.Select(record => record.Event.Action));
        Assert.True(records[0].Event.Counts["withheld"] >= 1);
        Assert.Equal(1, records[1].Event.Counts[AuditDesk.UnansweredCount]);
    }

    [Fact]
    public async Task Look_AtTheNoteOfAnotherProcess_WritesItOnce()
    {
        AuditEvent left = AuditLogFixture.Disclosure() with { Kind = AuditKind.Administration };
        DateTimeOffset then = DateTimeOffset.FromUnixTimeMilliseconds(1_900_000_000_000);
        AuditOutbox.Leave(_host.DataPath, left, then);
        AuditWatch watch = _host.Services.GetRequiredService<AuditWatch>();

        await Task.WhenAll(watch.LookAsync(), watch.LookAsync(), watch.LookAsync());
        await Waiting.UntilAsync(() => Log.ReadAfter(1).Any());
        await watch.LookAsync();

        Assert.Equal(then, Assert.Single(Log.ReadAfter(1)).Time);
    }

    [Fact]
    public async Task Token_RevokedByACall_IsNamedInTheEntryAndItsNoteIsDropped()
    {
        IssueTokenRequest request = new() { IdempotencyKey = UnitHost.NewKey, Subject = "health" };
        Token token = (await _host.Admin().IssueTokenAsync(request, _host.As("health"))).Token;
        await _host.Admin().RevokeTokenAsync(new RevokeTokenRequest { TokenId = token.Id }, _host.As("health"));

        AuditRecord[] records = [.. Log.ReadAfter(1)];

        Assert.All(records, record => Assert.Equal($"token {token.Id} of health", record.Event.CaseReference));
        Assert.All(records, record => Assert.True(record.Event.Counts[AuditEvent.ActCount] > 0));
        Assert.Equal(["AdminService/IssueToken", "AdminService/RevokeToken"], records.Select(one => one.Event.Action));
        await Waiting.UntilAsync(() => _host.Store.AuditMarks.Outbox.List().Count == 0);
    }

    private async Task<ServingStatus> HealthAsync(string service) => (await new Health.HealthClient(_host.Connect())
        .CheckAsync(new HealthCheckRequest { Service = service })).Status;

    private Task<(StatusCode, string)> CreateRefusedAsync() => UnitHost.RefusalAsync(
        _host.Projects().CreateProjectAsync(
            new CreateProjectRequest { IdempotencyKey = UnitHost.NewKey, Name = "pilot" }, _host.As("analyst")));
}
