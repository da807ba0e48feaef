using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Audit;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.Extensions.Logging.Abstractions;
using static Linkage.Sidecar.Tests.Storage.Support.StoreTest;
using Project = Linkage.Sidecar.Storage.Project;

namespace Linkage.Sidecar.Tests.Audit;

/// <summary>An act and its entry, with an end of the process at every place between the two.</summary>
public sealed class OwedEntryTests : IDisposable
{
    private const string Create = "/linkage.v1.ProjectService/CreateProject";
    private const string Action = "ProjectService/CreateProject";

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private int _calls;

    private enum Cut
    {
        BeforeTheAct,
        BeforeTheEntry,
        BeforeTheNoteIsDropped,
        Nowhere,
    }

    private string Data => Path.Join(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Act_WhoseEntryWasNotWritten_HasOneOfItsOwnTimeAfterTheNextStarts()
    {
        DateTimeOffset acted = _time.GetUtcNow();
        Project made = (await RunAsync(Cut.BeforeTheEntry))!;
        _time.Advance(TimeSpan.FromHours(3));
        await StartAsync();
        await StartAsync();

        AuditRecord entry = Assert.Single(Entries(), IsOfTheAct);
        Assert.Equal(acted, entry.Time);
        Assert.Equal((AuditKind.Approval, "analyst", made.Id, "ok"),
            (entry.Event.Kind, entry.Event.Actor, entry.Event.ProjectId, entry.Event.Outcome));
        Assert.Equal(1, entry.Event.Counts[AuditDesk.UnansweredCount]);
        Assert.Equal(AuditLog.StartAction, Entries()[(int)entry.Sequence - 2].Event.Action);
        AssertSound();
    }

    [Fact]
    public async Task Act_WhoseEntryWasWrittenAndItsNoteNotDropped_HasNoSecondOne()
    {
        await RunAsync(Cut.BeforeTheNoteIsDropped);
        using (UnitStore store = await UnitStore.OpenAsync(Data, _time))
        {
            Assert.Single(store.AuditMarks.Outbox.List());
        }

        await StartAsync();

        AuditRecord entry = Assert.Single(Entries(), IsOfTheAct);
        Assert.DoesNotContain(AuditDesk.UnansweredCount, entry.Event.Counts);
        using UnitStore again = await UnitStore.OpenAsync(Data, _time);
        Assert.Empty(again.AuditMarks.Outbox.List());
        AssertSound();
    }

    [Fact]
    public async Task Act_ThatFailsInTheStore_IsOwedNothing()
    {
        await RunAsync(Cut.BeforeTheAct);
        await StartAsync();

        Assert.DoesNotContain(Entries(), IsOfTheAct);
    }

    [Fact]
    public async Task Act_WhoseCallFailsBehindIt_HasAnEntryBeforeTheCallerIsTold()
    {
        using UnitStore store = await UnitStore.OpenAsync(Data, _time);
        using AuditLog log = AuditLog.Open(Data, store.AuditMarks, _time);
        AccessGate gate = GateOf(store, log);

        await Assert.ThrowsAsync<RpcException>(() => CallAsync(
            gate, async () => await MakeAsync(store), () => throw new IOException("files could not be removed")));

        AuditRecord entry = Assert.Single(log.ReadAfter(1));
        Assert.Equal((Action, 1), (entry.Event.Action, entry.Event.Counts[AuditDesk.UnansweredCount]));
    }

    [Fact]
    public async Task Act_OfSeveralTransactions_IsOwedOnce()
    {
        using UnitStore store = await UnitStore.OpenAsync(Data, _time);
        using AuditLog log = AuditLog.Open(Data, store.AuditMarks, _time);

        await CallAsync(GateOf(store, log), async () => await MakeAsync(store), async () => await MakeAsync(store));

        Assert.Single(log.ReadAfter(1));
        Assert.Single(store.AuditMarks.Outbox.List()); // until the store is told how far the log is
    }

    [Fact]
    public void Acts_CutAnywhere_HaveExactlyOneEntryEach()
    {
        Gen<Cut[]> cuts = Gen.Elements(Enum.GetValues<Cut>()).ArrayOf().Where(many => many.Length is > 0 and <= 6);
        Prop.ForAll(cuts.ToArbitrary(), many =>
        {
            OwedEntryTests world = new();
            try
            {
                List<string> made = [];
                foreach (Cut cut in many)
                {
                    if (world.RunAsync(cut).GetAwaiter().GetResult() is { } project)
                    {
                        made.Add(project.Id);
                    }
                }

                world.StartAsync().GetAwaiter().GetResult();
                world.AssertSound();
                return world.Entries().Where(IsOfTheAct)
                    .Select(record => record.Event.ProjectId)
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(made.Order(StringComparer.Ordinal));
            }
            finally
            {
                world.Dispose();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static bool IsOfTheAct(AuditRecord record) =>
        record.Event is { Action: Action, Kind: AuditKind.Approval }; // its refusals have entries, too

    // One life of the process with one call, which ends where it is cut.
    private async Task<Project?> RunAsync(Cut cut)
    {
        Project? made = null;
        using UnitStore store = await UnitStore.OpenAsync(Data, _time);
        using AuditLog log = AuditLog.Open(Data, store.AuditMarks, _time);
        CutTrail trail = new(log, cut);
        AccessGate gate = GateOf(store, trail);
        Task call = CallAsync(
            gate,
            async () => made = cut == Cut.BeforeTheAct
                ? await store.Projects.InviteAsync("none", "health", None)
                : await MakeAsync(store),
            () => Task.CompletedTask);
        if (cut == Cut.Nowhere)
        {
            await call;
        }
        else
        {
            await Assert.ThrowsAsync<RpcException>(() => call);
        }

        return made;
    }

    private async Task StartAsync()
    {
        using UnitStore store = await UnitStore.OpenAsync(Data, _time);
        AuditLog.Open(Data, store.AuditMarks, _time).Dispose();
    }

    private Task<Project> MakeAsync(UnitStore store) => store.Projects.CreateForAsync(
        "pilot", "analyst", Request($"call {_calls++} of a test that makes projects"), None);

    private AuditRecord[] Entries() => [.. new AuditReader(AuditFolder.InData(Data)).ReadFrom(1)];

    private void AssertSound()
    {
        AuditFolder folder = AuditFolder.InData(Data);
        using AuditKey key = AuditKey.LoadPublic(folder.PublicKey);
        Assert.Empty(AuditVerifier.Verify(folder, key, kept: null).Faults);
    }

    private static Task<CreateProjectResponse> CallAsync(AccessGate gate, Func<Task<Project>> act, Func<Task> then) =>
        gate.UnaryServerHandler<CreateProjectRequest, CreateProjectResponse>(
            new CreateProjectRequest(),
            new GateCall(Create),
            async (_, _) =>
            {
                Project made = await act();
                await then();
                return new CreateProjectResponse { Project = new V1.Project { Id = made.Id } };
            });

    private AccessGate GateOf(UnitStore store, IAuditTrail trail) => new(
        new AccessPolicy(store),
        new CallerLimiter(perSecond: 1000, concurrent: 10, _time),
        _ => new Caller(CallerKind.Token, "analyst", CallerRoles.Analyst),
        NullLogger<AccessGate>.Instance,
        metrics: null,
        new AuditDesk(
            trail, _time, NullLogger<AuditDesk>.Instance, log: null, outbox: store.AuditMarks.Outbox));

    /// <summary>Ends where a process that is killed would: nothing reaches the log any more.</summary>
    private sealed class CutTrail(AuditLog log, Cut cut) : IAuditTrail
    {
        private bool _isWritten;

        public async ValueTask<long> AppendAsync(IReadOnlyList<AuditEvent> events)
        {
            if (cut == Cut.BeforeTheEntry)
            {
                throw new IOException("the process is gone");
            }

            if (cut == Cut.BeforeTheNoteIsDropped && _isWritten)
            {
                throw new IOException("the process is gone");
            }

            _isWritten = true;
            long sequence = await log.AppendAsync(events);
            return cut == Cut.BeforeTheNoteIsDropped ? throw new IOException("the process is gone") : sequence;
        }
    }
}
