using System.Net;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Hosting;

public sealed class SidecarOptionsReaderTests
{
    [Fact]
    public void Read_NothingConfigured_ListensOnLoopbackPort5055()
    {
        using TemporaryFolder folder = new();

        SidecarOptions options = SidecarOptionsReader.Read([], folder.Path);

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 5055), options.Listen);
    }

    [Fact]
    public void Read_ShippedFile_IsTheDefault()
    {
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "appsettings.json")));

        Assert.Equal(SidecarOptions.Default, SidecarOptionsReader.Read([], AppContext.BaseDirectory));
    }

    [Fact]
    public void Read_FileAndArgument_ArgumentWins()
    {
        using TemporaryFolder folder = new();
        folder.Write("appsettings.json", """{ "Sidecar": { "Listen": "127.0.0.1:6001" } }""");

        Assert.Equal(6001, SidecarOptionsReader.Read([], folder.Path).Listen.Port);
        Assert.Equal(6002, SidecarOptionsReader.Read(["--Sidecar:Listen=127.0.0.1:6002"], folder.Path).Listen.Port);
    }

    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:5055")]
    [InlineData("127.8.8.8:65535")]
    [InlineData("[::1]:5055")]
    public void Read_LoopbackAddress_IsTaken(string listen)
    {
        SidecarOptions options = ReadListen(listen);

        Assert.Equal(IPEndPoint.Parse(listen), options.Listen);
    }

    [Theory]
    [InlineData("0.0.0.0:5055")]
    [InlineData("[::]:5055")]
    [InlineData("10.0.0.1:5055")]
    [InlineData("192.0.2.7:0")]
    [InlineData("[2001:db8::1]:5055")]
    public void Read_AddressOtherMachinesReach_IsRefused(string listen)
    {
        SidecarOptionsException refusal = Assert.Throws<SidecarOptionsException>(() => ReadListen(listen));

        Assert.StartsWith("Sidecar:Listen must be a loopback address", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5055")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("localhost:5055")]
    [InlineData("http://127.0.0.1:5055")]
    public void Read_NotAnAddressAndPort_IsRefusedWithAnExample(string listen)
    {
        SidecarOptionsException refusal = Assert.Throws<SidecarOptionsException>(() => ReadListen(listen));

        Assert.Equal(
            "Sidecar:Listen must be an IP address and a port, such as 127.0.0.1:5055 or [::1]:5055.", refusal.Message);
    }

    [Fact]
    public void Read_UnknownSetting_IsRefusedByName()
    {
        SidecarOptionsException refusal = Assert.Throws<SidecarOptionsException>(
            () => SidecarOptionsReader.Read(["--Sidecar:Listne=127.0.0.1:1"], AppContext.BaseDirectory));

        Assert.Equal("Sidecar:Listne is not a setting. Sidecar has: Listen.", refusal.Message);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("--listen=127.0.0.1:1")]
    [InlineData("--Sidecar:Listen")]
    [InlineData("-l=1")]
    public void Read_ArgumentThatIsNoSetting_IsRefused(string argument)
    {
        Assert.Throws<SidecarOptionsException>(() => SidecarOptionsReader.Read([argument], AppContext.BaseDirectory));
    }

    [Theory]
    [InlineData("{ ")]
    [InlineData("[]")]
    public void Read_BrokenFile_IsRefusedByFileName(string content)
    {
        using TemporaryFolder folder = new();
        folder.Write("appsettings.json", content);

        SidecarOptionsException refusal = Assert.Throws<SidecarOptionsException>(
            () => SidecarOptionsReader.Read([], folder.Path));

        Assert.Equal("appsettings.json is not valid JSON.", refusal.Message);
    }

    [Theory]
    [InlineData("""{ "Sidecar": "127.0.0.1:5055" }""")]
    [InlineData("""{ "Sidecar": { "Listen": { "Port": 5055 } } }""")]
    public void Read_WrongShape_IsRefused(string content)
    {
        using TemporaryFolder folder = new();
        folder.Write("appsettings.json", content);

        Assert.Throws<SidecarOptionsException>(() => SidecarOptionsReader.Read([], folder.Path));
    }

    private static SidecarOptions ReadListen(string listen)
    {
        using TemporaryFolder empty = new();
        return SidecarOptionsReader.Read([$"--Sidecar:Listen={listen}"], empty.Path);
    }
}
