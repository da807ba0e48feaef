using System.Collections;
using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Hosting.Commands;

public sealed class AgreementCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _messages = new();
    private readonly ManualTime _time = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _messages.Dispose();
    }

    [Fact]
    public async Task Sign_ByBothParties_IsVerifiedAndInForce()
    {
        string agreement = await DraftAsync("bilateral");
        await CompleteAsync(agreement);
        foreach (string party in new[] { "health", "benefits" })
        {
            Assert.Equal(0, await RunAsync(
                "sign", agreement, "--party", party, "--key", PathOf(party), "--out", PathOf($"{party}.sig")));
        }

        Assert.Equal(0, await RunAsync("verify", agreement, "--signature", PathOf("health.sig")));
        Assert.Contains("benefits: not signed\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("today: partly signed, not in force", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync(
            "verify", agreement, "--signature", PathOf("health.sig"), "--signature", PathOf("benefits.sig")));
        Assert.Contains("today: in force", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DocumentChangedAfterItWasSigned_EndsWithThree()
    {
        string agreement = await DraftAsync("bilateral");
        await CompleteAsync(agreement);
        await RunAsync("sign", agreement, "--party", "health", "--key", PathOf("health"), "--out", PathOf("s"));
        await ReplaceAsync(agreement, "\"P14D\"", "\"P15D\"");

        Assert.Equal(3, await RunAsync("verify", agreement, "--signature", PathOf("s")));
    }

    [Theory]
    [InlineData("bilateral")]
    [InlineData("state")]
    [InlineData("research")]
    public async Task New_EachTemplate_IsAnAgreementThatCannotBeSignedBeforeItIsComplete(string template)
    {
        string agreement = await DraftAsync(template);

        Assert.Equal(0, await RunAsync("explain", agreement));
        Assert.Equal(2, await RunAsync(
            "sign", agreement, "--party", "health", "--key", PathOf("health"), "--out", PathOf("s")));
        Assert.Contains("counsel has to complete", _messages.ToString(), StringComparison.Ordinal);
        await CompleteAsync(agreement);
        Assert.Equal(0, await RunAsync(
            "sign", agreement, "--party", "health", "--key", PathOf("health"), "--out", PathOf("s")));
    }

    [Theory]
    [InlineData("state", "care-coordination", "yes, clause 4.1: shows whether there is a match, its link id")]
    [InlineData("state", "eligibility-review", "after the party has released the case, clause 4.3")]
    [InlineData("state", "program-evaluation", "no: The agreement has no such purpose for lookups.")]
    [InlineData("research", "research", "no: The agreement has no such purpose for lookups.")]
    public async Task Explain_OneQuestion_GivesTheOneRuling(string template, string purpose, string ruling)
    {
        string agreement = await DraftAsync(template);

        Assert.Equal(0, await RunAsync(
            "explain", agreement, "--asking", "health", "--about", "benefits", "--purpose", purpose));

        Assert.Contains(ruling, _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keygen_Always_KeepsTheKeyToItsOwnerAndOverwritesNone()
    {
        Assert.Equal(0, await RunAsync("keygen", "--out", PathOf("k")));
        string before = await File.ReadAllTextAsync(PathOf("k"));

        Assert.Equal(3, await RunAsync("keygen", "--out", PathOf("k")));
        File.Delete(PathOf("k.pub"));
        Assert.Equal(2, await RunAsync("keygen", "--out", PathOf("k")));

        Assert.Equal(before, await File.ReadAllTextAsync(PathOf("k")));
        Assert.DoesNotContain(before, _output.ToString() + _messages, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("k")));
        }
    }

    [Fact]
    public async Task Sign_KeyThatOthersMayRead_IsRefused()
    {
        string agreement = await DraftAsync("bilateral");
        await CompleteAsync(agreement);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf("health"), (UnixFileMode)0b110_100_100);

            Assert.Equal(3, await RunAsync(
                "sign", agreement, "--party", "health", "--key", PathOf("health"), "--out", PathOf("s")));
        }

        Assert.False(File.Exists(PathOf("s")));
    }

    [Theory]
    [InlineData("new", "--template", "treaty", "--out", "x")]
    [InlineData("new", "--template", "state", "--out", "x", "--party", "health")]
    [InlineData("explain", "missing.json", "--asking")]
    [InlineData("verify")]
    public async Task Run_WrongCommandLine_EndsWithOne(params string[] args) =>
        Assert.Equal(1, await RunAsync(args));

    private string PathOf(string name) => Path.Join(_folder.Path, name);

    private async Task<string> DraftAsync(string template)
    {
        string agreement = PathOf("agreement.json");
        foreach (string party in new[] { "health", "benefits" })
        {
            Assert.Equal(0, await RunAsync("keygen", "--out", PathOf(party)));
        }

        Assert.Equal(0, await RunAsync(
            "new", "--template", template, "--out", agreement,
            "--party", $"health={PathOf("health.pub")}", "--party", $"benefits={PathOf("benefits.pub")}"));
        return agreement;
    }

    private static Task CompleteAsync(string agreement) =>
        ReplaceAsync(agreement, AgreementTemplates.Placeholder, "State Code 7-104");

    private static async Task ReplaceAsync(string file, string from, string to) => await File.WriteAllTextAsync(
        file, (await File.ReadAllTextAsync(file)).Replace(from, to, StringComparison.Ordinal));

    private Task<int> RunAsync(params string[] args)
    {
        _output.GetStringBuilder().Clear();
        return SidecarCommandLine.RunAsync(
            ["agreement", .. args],
            new CommandEnvironment(_output, _messages, _time, new Hashtable(), CancellationToken.None));
    }
}
