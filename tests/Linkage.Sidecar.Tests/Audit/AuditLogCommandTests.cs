using System.Collections;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using AuditHead = Linkage.Sidecar.Audit.AuditHead;

namespace Linkage.Sidecar.Tests.Audit;

public sealed class AuditLogCommandTests : IDisposable
{
    private readonly AuditLogFixture _fixture = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _messages = new();

    public void Dispose()
    {
        _fixture.Dispose();
        _output.Dispose();
        _messages.Dispose();
    }

    [Fact]
    public async Task Verify_SoundLog_SaysSo()
    {
        await _fixture.FillAsync(3);

        Assert.Equal(ExitCode.Ok, await RunAsync("verify", _fixture.Folder.Root, "--key", _fixture.Folder.PublicKey));
        Assert.Contains("5 entries, whole and as written; signed 2030-01-15", $"{_output}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ChangedEntryAndNewerKeptHead_NamesBothFaults()
    {
        await _fixture.FillAsync(3);
        using (var key = AuditKey.Load(_fixture.Folder))
        {
            AuditHead newer = key.Sign(99, AuditChain.Beginning, _fixture.Time.GetUtcNow());
            await File.WriteAllTextAsync(KeptHead, newer.ToText());
        }

        string segment = _fixture.Folder.Segment(1);
        string text = await File.ReadAllTextAsync(segment);
        await File.WriteAllTextAsync(segment, text.Replace("\"records\":1", "\"records\":7", StringComparison.Ordinal));

        int code = await RunAsync(
            "verify", _fixture.Folder.Root, "--key", _fixture.Folder.PublicKey, "--head", KeptHead);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("entry 3 or the one after it is not what was", $"{_messages}", StringComparison.Ordinal);
        Assert.Contains("the kept head knows entry 99", $"{_messages}", StringComparison.Ordinal);
        Assert.Empty($"{_output}");
    }

    [Fact]
    public async Task Verify_KeyOfAnotherUnit_IsAFault()
    {
        using AuditLogFixture other = new();
        await _fixture.FillAsync(1);
        await other.FillAsync(1);

        int code = await RunAsync("verify", _fixture.Folder.Root, "--key", other.Folder.PublicKey);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("head.json is not signed by this key", $"{_messages}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_OfAPartyAndYear_WritesBothFiles()
    {
        using (AuditLog log = _fixture.Open())
        {
            AuditEvent told = AuditLogFixture.Disclosure("health", "benefits", records: 2);
            await log.AppendAsync([told, told, AuditLogFixture.Disclosure("health", "schools")]);
            await log.AppendAsync(
            [
                told with { Purpose = "=1+1,<b>", Clause = "5" },
                told with { Kind = AuditKind.Refusal, Outcome = "NOT_IN_AGREEMENT" },
            ]);
            _fixture.Time.Advance(TimeSpan.FromDays(365));
            await log.AppendAsync([told]);
        }

        string target = Path.Join(_fixture.Data, "reports");
        int code = await RunAsync(
            "summary", _fixture.Folder.Root, "--key", _fixture.Folder.PublicKey, "--party", "benefits", "--year",
            "2030", "--out", target);

        Assert.Equal((ExitCode.Ok, ""), (code, $"{_messages}"));
        string csv = Path.Join(target, "disclosures-benefits-2030.csv");
        Assert.Equal(
            [
                "project,recipient,action,purpose,clause,answers,records,refusals",
                "project,health,LookupService/Lookup,\"'=1+1,<b>\",5,1,2,0",
                "project,health,LookupService/Lookup,intake,3.1,2,4,1",
            ],
            await File.ReadAllLinesAsync(csv));
        string html = await File.ReadAllTextAsync(Path.ChangeExtension(csv, "html"));
        Assert.Contains("3 answers about 6 records; 1 refusals.", html, StringComparison.Ordinal);
        Assert.Contains("=1+1,&lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.False(FileRules.OthersMayUse(csv));
    }

    [Fact]
    public async Task Summary_DamagedLog_WritesNothing()
    {
        await _fixture.FillAsync(1);
        File.Delete(_fixture.Folder.Head);
        string target = Path.Join(_fixture.Data, "reports");

        int code = await RunAsync(
            "summary", _fixture.Folder.Root, "--key", _fixture.Folder.PublicKey, "--party", "benefits", "--year",
            "2030", "--out", target);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.False(Directory.Exists(target));
    }

    private string KeptHead => Path.Join(_fixture.Data, "kept.json");

    private Task<int> RunAsync(params string[] args) => SidecarCommandLine.RunAsync(
        ["audit-log", .. args],
        new CommandEnvironment(_output, _messages, _fixture.Time, new Hashtable(), CancellationToken.None));
}
