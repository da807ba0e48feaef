using System.IO.Pipes;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Keys;

public class LinkageKeyTests
{
    private const string Root = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Valid =
        "{\"format\":\"linkage-key/1\",\"project\":\"p\",\"keyId\":\"0123456789abcdef\","
        + $"\"epoch\":1,\"root\":\"{Root}\"}}";

    [Fact]
    public void Save_AnyKey_LoadsAgain()
    {
        using TempFolder folder = new();
        using LinkageKey key = LinkageKey.Generate("project \"é\"\n", 7);
        key.Save(folder["a.key"]);
        using LinkageKey loaded = LinkageKey.Load(folder["a.key"]);

        Assert.Equal((key.Project, key.KeyId, key.Epoch), (loaded.Project, loaded.KeyId, loaded.Epoch));
        Assert.Equal(key.Root.ToArray(), loaded.Root.ToArray());
        Assert.Equal(["a.key"], folder.Names);
    }

    [Fact]
    public void Generate_Twice_SharesNothing()
    {
        using LinkageKey one = LinkageKey.Generate("p");
        using LinkageKey two = LinkageKey.Generate("p");

        Assert.NotEqual(one.KeyId, two.KeyId);
        Assert.False(one.Root.SequenceEqual(two.Root));
        Assert.DoesNotContain(one.KeyId, Convert.ToHexStringLower(one.Root), StringComparison.Ordinal);
    }

    [Fact]
    public void Save_NewFile_IsForItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TempFolder folder = new();
        using LinkageKey key = LinkageKey.Generate("p");
        key.Save(folder["a.key"]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["a.key"]));
    }

    [Fact]
    public void Load_FileThatOthersMayUse_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TempFolder folder = new();
        using LinkageKey key = LinkageKey.Generate("p");
        key.Save(folder["a.key"]);
        UnixFileMode[] others =
        [
            UnixFileMode.GroupRead, UnixFileMode.GroupWrite, UnixFileMode.OtherRead, UnixFileMode.OtherWrite,
            UnixFileMode.OtherExecute,
        ];
        foreach (UnixFileMode mode in others)
        {
            File.SetUnixFileMode(folder["a.key"], UnixFileMode.UserRead | mode);
            Assert.Throws<UnauthorizedAccessException>(() => LinkageKey.Load(folder["a.key"]));
        }
    }

    [Fact]
    public void Load_Pipe_IsRefused()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using AnonymousPipeServerStream pipe = new();
        string path = $"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";

        Assert.Throws<FormatException>(() => LinkageKey.Load(path));
    }

    [Fact]
    public void Save_FileThatExists_IsLeftAsItWas()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["a.key"], "kept");
        using LinkageKey key = LinkageKey.Generate("p");

        Assert.Throws<IOException>(() => key.Save(folder["a.key"]));
        Assert.Equal("kept", File.ReadAllText(folder["a.key"]));
        Assert.Equal(["a.key"], folder.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("canary")]
    [InlineData(Valid + "canary")]
    [InlineData(Valid + Valid)]
    public void Load_NoKeyFile_IsRefused(string content) => AssertRefused(content);

    [Theory]
    [InlineData("linkage-key/1", "linkage-key/2")]
    [InlineData("\"p\"", "\"\"")]
    [InlineData("\"p\"", "7")]
    [InlineData("\"p\"", "\"\\ud800\"")]
    [InlineData("0123456789abcdef\"", "0123456789abcde\"")]
    [InlineData("0123456789abcdef\"", "0123456789ABCDEF\"")]
    [InlineData("\"epoch\":1", "\"epoch\":0")]
    [InlineData("\"epoch\":1", "\"epoch\":1.5")]
    [InlineData("\"epoch\":1", "\"epoch\":\"1\"")]
    [InlineData("\"epoch\":1", "\"epoch\":99999999999")]
    [InlineData("\"epoch\":1,", "")]
    [InlineData("\"epoch\":1,", "\"epoch\":1,\"epoch\":2,")]
    [InlineData("\"epoch\":1,", "\"epoch\":1,\"canary\":2,")]
    [InlineData("\"epoch\":1,", "\"epoch\":{\"canary\":2},")]
    [InlineData(Root, "00112233445566778899aabbccddeeff")]
    [InlineData("00112233", "canary..")]
    [InlineData("}", "")]
    public void Load_KeyFileWithAFault_IsRefusedWithoutQuotingIt(string old, string replacement)
    {
        Assert.Contains(old, Valid, StringComparison.Ordinal);
        AssertRefused(Valid.Replace(old, replacement, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ValidText_IsAccepted()
    {
        using TempFolder folder = new();
        WritePrivately(folder["a.key"], Valid + "\n");
        using LinkageKey key = LinkageKey.Load(folder["a.key"]);

        Assert.Equal(Root, Convert.ToHexStringLower(key.Root));
    }

    [Fact]
    public void Load_HugeFile_IsRefused()
    {
        using TempFolder folder = new();
        WritePrivately(folder["a.key"], new string(' ', 1 << 20) + Valid);

        Assert.Throws<FormatException>(() => LinkageKey.Load(folder["a.key"]));
    }

    [Fact]
    public void ToString_AnyKey_SaysNothingOfIt()
    {
        using LinkageKey key = LinkageKey.Generate("project");

        Assert.Equal("LinkageKey", key.ToString());
    }

    [Fact]
    public void Root_DisposedKey_Throws()
    {
        LinkageKey key = LinkageKey.Generate("project");
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Root.Length);
        Assert.Throws<ObjectDisposedException>(() => new KeyTree(key, Samples.People));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("  ", 1)]
    [InlineData("p", 0)]
    public void Generate_WrongArguments_AreRefused(string project, int epoch) =>
        Assert.ThrowsAny<ArgumentException>(() => LinkageKey.Generate(project, epoch));

    private static void AssertRefused(string content)
    {
        using TempFolder folder = new();
        WritePrivately(folder["a.key"], content);
        FormatException e = Assert.Throws<FormatException>(() => LinkageKey.Load(folder["a.key"]));

        Assert.Contains(folder["a.key"], e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0011223", e.ToString(), StringComparison.Ordinal);
        Assert.Null(e.InnerException);
    }

    private static void WritePrivately(string path, string content)
    {
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
