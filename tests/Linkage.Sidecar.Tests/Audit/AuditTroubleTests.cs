using Grpc.Core;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Services.Audit;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Services.Access.Support;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace Linkage.Sidecar.Tests.Audit;

/// <summary>A log that cannot be written or is not the one that was left, and the store beside it.</summary>
public sealed class AuditTroubleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Join(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_OlderLogBesideTheStore_IsRefusedByTheStoresMark()
    {
        string older = Path.Join(_folder.Path, "older");
        await RunAsync(entries: 1);
        CopyFolder(AuditFolder.InData(Data).Root, older);
        await RunAsync(entries: 1);
        Directory.Delete(AuditFolder.InData(Data).Root, recursive: true);
        CopyFolder(older, AuditFolder.InData(Data).Root);

        AuditDamagedException refused = await Assert.ThrowsAsync<AuditDamagedException>(() => RunAsync(entries: 0));

        Assert.Contains("the store knows entry 6", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_LogGoneBesideTheStore_IsRefusedAndNoneIsBegun()
    {
        await RunAsync(entries: 1);
        Directory.Delete(AuditFolder.InData(Data).Root, recursive: true);

        await Assert.ThrowsAsync<AuditDamagedException>(() => RunAsync(entries: 0));
        Assert.Empty(AuditFolder.InData(Data).Files());
    }

    [Fact]
    public async Task Backup_RestoredInAnEmptyFolder_HasALogThatGoesOn()
    {
        await RunAsync(entries: 3);
        string backup = Path.Join(_folder.Path, "backup");
        string restored = Path.Join(_folder.Path, "restored");
        using (UnitStore store = await UnitStore.OpenAsync(Data, TimeProvider.System))
        {
            await store.Backup.WriteAsync(backup, CancellationToken.None);
        }

        await StoreRestore.RunAsync(backup, restored, CancellationToken.None);

        using UnitStore again = await UnitStore.OpenAsync(restored, TimeProvider.System);
        using AuditLog log = AuditLog.Open(restored, again.AuditMarks, TimeProvider.System);
        Assert.Equal(6, log.Head.Sequence);
        using AuditKey key = AuditKey.LoadPublic(log.Folder.PublicKey);
        Assert.True(AuditVerifier.Verify(log.Folder, key, kept: null).IsSound);
    }

    [Fact]
    public async Task Note_LogThatCannotBeWritten_WithholdsTheAnswer()
    {
        AuditDesk desk = new(new FailingTrail(), TimeProvider.System, NullLogger<AuditDesk>.Instance);
        GateCall call = new("/linkage.v1.AdminService/IssueToken");
        RpcException refusal = Refusals.Of(ErrorReason.RoleNotAllowed, "No.");

        RpcException withheld = await Assert.ThrowsAsync<RpcException>(() => desk.NoteAsync(call, answer: null));
        RpcException alsoWithheld = await Assert.ThrowsAsync<RpcException>(
            () => desk.NoteRefusalAsync(call, refusal, isLetIn: false));

        Assert.Equal("INTERNAL_ERROR", UnitHost.ReasonOf(withheld));
        Assert.Equal("INTERNAL_ERROR", UnitHost.ReasonOf(alsoWithheld));
    }

    [Fact]
    public async Task Stream_LogThatCannotBeWritten_SendsNoMessage()
    {
        List<string> sent = [];
        AuditedStream<string> stream = new(new Sink(sent), _ => throw new IOException("full"));

        await Assert.ThrowsAsync<IOException>(() => stream.WriteAsync("first"));
        await Assert.ThrowsAsync<IOException>(stream.EndAsync);

        Assert.Empty(sent);
    }

    [Theory]
    [InlineData(nameof(ErrorReason.NotInAgreement), true, 0)]
    [InlineData(nameof(ErrorReason.NotInAgreement), false, 1)]
    [InlineData(nameof(ErrorReason.ProbingSuspected), true, 1)]
    [InlineData(nameof(ErrorReason.BadFields), false, 0)]
    public async Task NoteRefusal_OfALookup_IsWrittenUnlessTheServiceHasWrittenIt(
        string reason, bool isLetIn, int entries)
    {
        KeepingTrail trail = new();
        AuditDesk desk = new(trail, TimeProvider.System, NullLogger<AuditDesk>.Instance);
        RpcException error = Refusals.Of(Enum.Parse<ErrorReason>(reason), "No.", [("clause", "4.2")]);

        await desk.NoteRefusalAsync(new GateCall("/linkage.v1.LookupService/Lookup"), error, isLetIn);

        Assert.Equal(entries, trail.Events.Count);
        Assert.All(
            trail.Events,
            entry => Assert.Equal(Refusals.NameOf(Enum.Parse<ErrorReason>(reason)), entry.Outcome));
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string path in Directory.GetFiles(from))
        {
            File.Copy(path, Path.Join(to, Path.GetFileName(path)));
        }
    }

    // A start, so many entries, a stop.
    private async Task RunAsync(int entries)
    {
        using UnitStore store = await UnitStore.OpenAsync(Data, TimeProvider.System);
        using AuditLog log = AuditLog.Open(Data, store.AuditMarks, TimeProvider.System);
        for (int i = 0; i < entries; i++)
        {
            await log.AppendAsync([AuditLogFixture.Disclosure()]);
        }
    }

    private sealed class FailingTrail : IAuditTrail
    {
        public ValueTask<long> AppendAsync(IReadOnlyList<AuditEvent> events) => throw new IOException("no disk");
    }

    private sealed class KeepingTrail : IAuditTrail
    {
        public List<AuditEvent> Events { get; } = [];

        public ValueTask<long> AppendAsync(IReadOnlyList<AuditEvent> events)
        {
            Events.AddRange(events);
            return ValueTask.FromResult((long)Events.Count);
        }
    }

    private sealed class Sink(List<string> sent) : IServerStreamWriter<string>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            sent.Add(message);
            return Task.CompletedTask;
        }

        public Task WriteAsync(string message, CancellationToken cancellationToken) => WriteAsync(message);
    }
}
