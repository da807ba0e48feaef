using System.Collections;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Linkage.Sidecar.Tests.Hosting.Commands;

/// <summary>What commands do to a unit is in its audit log, whether the unit runs or not.</summary>
public sealed class CommandAuditTests : IDisposable
{
    private readonly StringWriter _text = new();
    private readonly ManualTime _time = new();
    private readonly ConfigFolder _folder;

    public CommandAuditTests()
    {
        _folder = new ConfigFolder(SidecarRoles.Unit);
    }

    private AuditFolder Folder => AuditFolder.InData(_folder.PathOf("data"));

    public void Dispose()
    {
        _folder.Dispose();
        _text.Dispose();
    }

    [Fact]
    public async Task Token_WhileTheUnitRuns_IsInTheLogAtOnce()
    {
        await using RunningHost host = await StartAsync();
        AuditLog log = host.App.Services.GetRequiredService<AuditLog>();

        string id = await IssueAsync();
        Assert.Equal(0, await RunAsync("token", "revoke", "--config", _folder.Config, id));

        await Waiting.UntilAsync(() => log.ReadAfter(1).Count() >= 2);
        AssertTokenEntries(id, [.. log.ReadAfter(1)]);
    }

    [Fact]
    public async Task Token_WhileTheUnitIsStopped_IsInTheLogOnceItHasStarted()
    {
        string id = await IssueAsync();
        Assert.Equal(0, await RunAsync("token", "revoke", "--config", _folder.Config, id));
        DateTimeOffset then = _time.GetUtcNow();
        await using (RunningHost first = await StartAsync())
        {
            AuditRecord[] written = [.. first.App.Services.GetRequiredService<AuditLog>().ReadAfter(1)];
            AssertTokenEntries(id, written);
            Assert.All(written, record => Assert.Equal(then, record.Time));
        }

        await using RunningHost second = await StartAsync();
        Assert.Equal(2, Entries().Count(record =>
            record.Event.Action.StartsWith("command/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Token_ThatIsNone_HasNoEntry()
    {
        Assert.Equal(2, await RunAsync("token", "revoke", "--config", _folder.Config, "0000000000000000"));
        await using RunningHost host = await StartAsync();

        Assert.Single(Entries()); // the start
    }

    [Fact]
    public async Task Backup_OfAStoppedUnit_IsInItsLogAndInTheCopy()
    {
        await using (await StartAsync())
        {
        }

        Assert.Equal(0, await BackUpAsync());

        Assert.Equal([AuditLog.StartAction, AuditLog.StopAction, CommandAudit.Backup], Actions(Folder));
        AuditRecord entry = Entries()[^1];
        Assert.Equal(AuditKind.Administration, entry.Event.Kind);
        Assert.StartsWith("account:", entry.Event.Actor, StringComparison.Ordinal);
        Assert.Equal(["bytes", "files"], entry.Event.Counts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Actions(Folder), Actions(AuditFolder.InData(_folder.PathOf("copy"))));
        AssertSound();
        await using RunningHost again = await StartAsync();
        Assert.Equal(4, Entries().Length);
    }

    [Fact]
    public async Task Backup_OfARunningUnit_IsRefusedWithoutAnEntry()
    {
        await using RunningHost host = await StartAsync();

        Assert.Equal(2, await BackUpAsync());

        Assert.False(Directory.Exists(_folder.PathOf("copy")));
        Assert.Single(Entries());
    }

    [Fact]
    public async Task Backup_WithALogThatWasChanged_CopiesNothing()
    {
        await using (await StartAsync())
        {
        }

        string segment = Folder.Segment(1);
        byte[] bytes = await File.ReadAllBytesAsync(segment);
        bytes[10] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        Assert.Equal(2, await BackUpAsync());
        Assert.False(Directory.Exists(_folder.PathOf("copy")));
    }

    [Fact]
    public async Task Restore_IntoWhatInitMade_GoesOnWithTheLogOfTheBackupAndSaysSo()
    {
        await using (await StartAsync())
        {
        }

        byte[] key = await File.ReadAllBytesAsync(Folder.PublicKey);
        Assert.Equal(0, await BackUpAsync());
        Directory.Delete(_folder.PathOf("data"), recursive: true);
        using ConfigFolder other = new(SidecarRoles.Unit);
        Directory.Move(other.PathOf("data"), _folder.PathOf("data"));
        Assert.NotEqual(key, await File.ReadAllBytesAsync(Folder.PublicKey));

        Assert.Equal(0, await RunAsync(
            "restore", "--config", _folder.Config, "--from", _folder.PathOf("copy")));

        Assert.Equal(key, await File.ReadAllBytesAsync(Folder.PublicKey));
        await using RunningHost host = await StartAsync();
        Assert.Equal(
            [
                AuditLog.StartAction, AuditLog.StopAction, CommandAudit.Backup, CommandAudit.Restore,
                AuditLog.StartAction,
            ],
            Actions(Folder));
        AssertSound();
    }

    [Fact]
    public async Task Init_OfAUnit_MakesTheKeyThatItsLogIsSignedWith()
    {
        byte[] handedOver = await File.ReadAllBytesAsync(Folder.PublicKey);
        await using RunningHost host = await StartAsync();

        Assert.Equal(handedOver, await File.ReadAllBytesAsync(Folder.PublicKey));
        AssertSound();
    }

    [Fact]
    public async Task Run_WithoutAKeyOfInit_MakesOneAtTheFirstStart()
    {
        Directory.Delete(Folder.Root, recursive: true);
        await using RunningHost host = await StartAsync();

        AssertSound();
    }

    private static string[] Actions(AuditFolder folder) =>
        [.. new AuditReader(folder).ReadFrom(1).Select(record => record.Event.Action)];

    private static void AssertTokenEntries(string id, AuditRecord[] entries)
    {
        Assert.Equal([CommandAudit.IssueToken, CommandAudit.RevokeToken], entries.Select(one => one.Event.Action));
        Assert.All(entries, one => Assert.Equal(
            (AuditKind.Administration, $"token {id} of health"), (one.Event.Kind, one.Event.CaseReference)));
    }

    private AuditRecord[] Entries() => [.. new AuditReader(Folder).ReadFrom(1)];

    private void AssertSound()
    {
        using AuditKey key = AuditKey.LoadPublic(Folder.PublicKey);
        Assert.Empty(AuditVerifier.Verify(Folder, key, kept: null).Faults);
    }

    private Task<RunningHost> StartAsync() =>
        RunningHost.StartAsync(_folder.Read(new Hashtable(ConfigFolder.FreePorts)));

    private Task<int> BackUpAsync() => RunAsync(
        "backup", "--config", _folder.Config, "--out", _folder.PathOf("copy"));

    private async Task<string> IssueAsync()
    {
        _text.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync(
            "token", "issue", "--config", _folder.Config, "--name", "health", "--role", "party",
            "--out", _folder.PathOf("new.token")));
        return _text.ToString().Split(' ')[0];
    }

    private Task<int> RunAsync(params string[] args) => SidecarCommandLine.RunAsync(
        args, new CommandEnvironment(_text, _text, _time, new Hashtable(), CancellationToken.None));
}
