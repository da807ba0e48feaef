using Grpc.Core;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Services.Audit;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Kills;

/// <summary>A unit that is killed between what it does and the entry about it.</summary>
public sealed class AuditKillTests
{
    private const int Rounds = 8;
    private const int CallsAtATime = 6;

    [Fact]
    public async Task Unit_KilledBetweenAnActAndItsEntry_HasExactlyOneAfterItsNextStart()
    {
        await using UnitProcess unit = await UnitProcess.StartAsync();
        string obstacle = AuditFolder.InData(unit.Data).Head + ".draft";
        Directory.CreateDirectory(obstacle); // in the place of the file that the next head is written to
        await Assert.ThrowsAsync<RpcException>(async () => await CreateAsync(unit));

        await unit.KillAsync();
        Directory.Delete(obstacle);
        await unit.RestartAsync();

        Project made = Assert.Single(await ListAsync(unit));
        AuditRecord entry = Assert.Single(Approvals(unit));
        Assert.Equal((made.Id, 1), (entry.Event.ProjectId, entry.Event.Counts[AuditDesk.UnansweredCount]));
    }

    [Fact]
    public async Task Unit_KilledAmongCalls_HasExactlyOneEntryForEveryActInItsStore()
    {
        await using UnitProcess unit = await UnitProcess.StartAsync();
        for (int round = 0; round < Rounds; round++)
        {
            Task<Exception>[] calls =
            [
                .. Enumerable.Range(0, CallsAtATime).Select(_ => Record.ExceptionAsync(() => CreateAsync(unit))),
            ];
            await Task.WhenAny(calls); // the others are anywhere
            await unit.KillAsync();
            await Task.WhenAll(calls);
            await unit.RestartAsync();
        }

        IEnumerable<string> made = (await ListAsync(unit)).Select(project => project.Id);
        Assert.Equal(
            made.Order(StringComparer.Ordinal),
            Approvals(unit).Select(record => record.Event.ProjectId).Order(StringComparer.Ordinal));
        Assert.True(made.Count() >= Rounds);
    }

    private static async Task CreateAsync(UnitProcess unit) => await unit.Projects.CreateProjectAsync(
        new CreateProjectRequest { IdempotencyKey = UnitProcess.NewKey, Name = "pilot" }, unit.As(UnitProcess.Analyst));

    private static async Task<IReadOnlyList<Project>> ListAsync(UnitProcess unit) =>
        (await unit.Projects.ListProjectsAsync(
            new ListProjectsRequest { PageSize = 1000 }, unit.As(UnitProcess.Analyst))).Projects;

    private static AuditRecord[] Approvals(UnitProcess unit)
    {
        AuditFolder folder = AuditFolder.InData(unit.Data);
        using AuditKey key = AuditKey.LoadPublic(folder.PublicKey);
        Assert.Empty(AuditVerifier.Verify(folder, key, kept: null).Faults);
        return [.. new AuditReader(folder).ReadFrom(1).Where(record => record.Event.Kind == AuditKind.Approval)];
    }
}
