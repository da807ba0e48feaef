using System.Collections;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Hosting.Commands;

public sealed class SidecarCommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _messages = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Init_NewDirectory_ListsWhatItMadeAndTheNextCommand()
    {
        using TemporaryFolder folder = new();
        string root = Path.Join(folder.Path, "s");

        Assert.Equal(0, await RunAsync("init", "--out", root, "--party", "health", "--party", "benefits"));

        string token = await File.ReadAllTextAsync(Path.Join(root, "clients/benefits.token"));
        Assert.Contains(
            "clients/benefits.token: benefits's bearer token, id ", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token.Trim(), _output.ToString() + _messages, StringComparison.Ordinal);
        Assert.Contains(
            $"Next: linkage sidecar run --config {root}/sidecar.json", _messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_Twice_IsRefusedAndChangesNothing()
    {
        using ConfigFolder folder = new();
        string before = await File.ReadAllTextAsync(folder.PathOf("tls/ca.key"));

        Assert.Equal(3, await RunAsync("init", "--out", folder.Root));

        Assert.Equal(before, await File.ReadAllTextAsync(folder.PathOf("tls/ca.key")));
        Assert.StartsWith(
            $"linkage sidecar: {folder.Root}: is there already", _messages.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("init")]
    [InlineData("init", "--out", "x", "--role", "king")]
    [InlineData("serve")]
    [InlineData()]
    [InlineData("run", "--Sidecar:Listen=127.0.0.1:1")]
    [InlineData("token", "issue", "--name", "a", "--role", "none", "--out", "x")]
    public async Task Run_WrongCommandLine_EndsWithOne(params string[] args)
    {
        Assert.Equal(1, await RunAsync(args));
        Assert.StartsWith("linkage sidecar: ", _messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_OfAStore_IsRestoredIntoAnEmptyDirectoryOnly()
    {
        using ConfigFolder folder = new();
        string config = folder.PathOf("sidecar.json");
        string data = SidecarOptionsReader.Read(config, new Hashtable()).Directories.Data!;
        string id;
        using (UnitStore store = await UnitStore.OpenAsync(data, _time))
        {
            IdempotentRequest request = new("analyst", "0123456789abcdef", new byte[32]);
            id = (await store.Projects.CreateAsync("pilot", ["health"], request, CancellationToken.None)).Id;
        }

        Assert.Equal(0, await RunAsync("backup", "--config", config, "--out", folder.PathOf("copy")));
        Assert.Equal(2, await RunAsync("backup", "--config", config, "--out", folder.PathOf("copy")));
        Assert.Equal(2, await RunAsync("restore", "--config", config, "--from", folder.PathOf("copy")));
        Array.ForEach(Directory.GetDirectories(data), entry => Directory.Delete(entry, recursive: true));
        Array.ForEach(Directory.GetFiles(data), File.Delete);
        Assert.Equal(0, await RunAsync("restore", "--config", config, "--from", folder.PathOf("copy")));

        using UnitStore restored = await UnitStore.OpenAsync(data, _time);
        Assert.Equal("pilot", restored.Projects.Find(id)!.Name);
    }

    [Fact]
    public async Task Token_IssuedAndRevoked_IsListedSoAndNeverShown()
    {
        using ConfigFolder folder = new(time: _time);
        string file = folder.PathOf("new.token");
        string[] config = ["--config", folder.Config];

        Assert.Equal(0, await RunAsync(
            ["token", "issue", .. config, "--name", "health", "--role", "party", "--days", "30", "--out", file]));
        string token = (await File.ReadAllTextAsync(file)).Trim();
        byte[] hash = new byte[32];
        Assert.True(BearerToken.TryHash(token, hash));
        TokenRecord record = new FileTokenStore(folder.PathOf("tokens.json"), _time).Find(hash)!;
        Assert.Equal(_time.GetUtcNow().AddDays(30), record.Expires);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, FileModes.Of(file));

        Assert.Equal(0, await RunAsync(["token", "revoke", .. config, record.Id]));
        Assert.Equal(0, await RunAsync(["token", "list", .. config]));

        string output = _output.ToString();
        Assert.Contains($"{record.Id}  health  party  expires 2030-02-14T12:00:00Z", output, StringComparison.Ordinal);
        Assert.Contains($"{record.Id}  health  party  revoked 2030-01-15T12:00:00Z", output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, output + _messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_FileThere_IsNotOverwrittenAndNothingIssued()
    {
        using ConfigFolder folder = new(time: _time);
        string tokens = await File.ReadAllTextAsync(folder.PathOf("tokens.json"));
        string existing = folder.PathOf("clients/health.token");

        Assert.Equal(2, await RunAsync(
            "token", "issue", "--config", folder.Config, "--name", "health", "--role", "party", "--out", existing));

        Assert.Equal(tokens, await File.ReadAllTextAsync(folder.PathOf("tokens.json")));
    }

    [Theory]
    [InlineData(3, "token", "issue", "--name", "a", "--role", "party", "--out", "x", "--days", "367")]
    [InlineData(3, "token", "issue", "--name", "a", "--role", "party", "--out", "x", "--days", "0")]
    [InlineData(1, "token", "issue", "--name", "a b", "--role", "party", "--out", "x")]
    [InlineData(2, "token", "revoke", "0000000000000000")]
    public async Task Token_WrongRequest_EndsWithItsCode(int code, params string[] args)
    {
        using ConfigFolder folder = new(time: _time);

        Assert.Equal(code, await RunAsync([.. args, "--config", folder.Config]));
        Assert.False(File.Exists("x"));
    }

    public void Dispose()
    {
        _output.Dispose();
        _messages.Dispose();
    }

    private Task<int> RunAsync(params string[] args) => SidecarCommandLine.RunAsync(
        args, new CommandEnvironment(_output, _messages, _time, new Hashtable(), CancellationToken.None));
}
