using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;

namespace Linkage.Sidecar.Tests.Hosting;

public sealed class InstallationTests
{
    private static readonly InstallationPlan Plan = new()
    {
        Parties = ["health"],
        Hosts = ["unit.example", "192.0.2.7"],
        Roles = SidecarRoles.Unit,
    };

    [Fact]
    public void Create_NewDirectory_IsOpenToItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFolder folder = new();
        string root = Path.Join(folder.Path, "deep", "sidecar");

        IReadOnlyList<string> made = Installation.Create(root, Plan, TimeProvider.System);

        string[] directories = Directory.GetDirectories(root, "*", SearchOption.AllDirectories);
        string[] files = Directory.GetFiles(root, "*", SearchOption.AllDirectories);
        Assert.All(directories.Append(root), path => Assert.Equal(FileRules.OwnerDirectory, FileModes.Of(path)));
        Assert.All(files, path => Assert.Equal(FileRules.OwnerFile, FileModes.Of(path)));
        Assert.Equal(
            files.Select(path => Path.GetRelativePath(root, path)).Order(StringComparer.Ordinal),
            made.Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(root)!));
    }

    [Fact]
    public void Create_SomethingThere_IsLeftUntouched()
    {
        using TemporaryFolder folder = new();
        folder.Write("precious", "key");

        Assert.Throws<CommandRefusedException>(() => Installation.Create(folder.Path, Plan, TimeProvider.System));

        Assert.Equal("key", File.ReadAllText(Path.Join(folder.Path, "precious")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Create_EmptyDirectory_IsFilled()
    {
        using TemporaryFolder folder = new();

        Installation.Create(folder.Path + "/", Plan, TimeProvider.System);

        Assert.True(File.Exists(Path.Join(folder.Path, Installation.ConfigurationFile)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../up")]
    [InlineData("analyst")]
    [InlineData("two words")]
    public void Create_NameThatIsNone_IsRefusedAndNothingMade(string name)
    {
        using TemporaryFolder folder = new();
        string root = Path.Join(folder.Path, "sidecar");

        Assert.Throws<ArgumentException>(
            () => Installation.Create(root, Plan with { Parties = [name] }, TimeProvider.System));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Create_PartyTwice_IsRefused()
    {
        using TemporaryFolder folder = new();

        Assert.Throws<ArgumentException>(() => Installation.Create(
            Path.Join(folder.Path, "sidecar"), Plan with { Parties = ["a", "A"] }, TimeProvider.System));
    }

    [Fact]
    public void Create_HostThatIsNone_LeavesNothingBehind()
    {
        using TemporaryFolder folder = new();

        Assert.ThrowsAny<ArgumentException>(() => Installation.Create(
            Path.Join(folder.Path, "sidecar"), Plan with { Hosts = [""] }, TimeProvider.System));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Create_ServerCertificate_NamesThisMachineAndTheHosts()
    {
        using ConfigFolder folder = new();
        using TemporaryFolder other = new();
        Installation.Create(Path.Join(other.Path, "s"), Plan, TimeProvider.System);

        using X509Certificate2 server = X509CertificateLoader.LoadCertificateFromFile(
            Path.Join(other.Path, "s/tls/server.pem"));

        string[] names = ["localhost", "127.0.0.1", "::1", "unit.example", "192.0.2.7"];
        Assert.All(names, name => Assert.True(server.MatchesHostname(name)));
        Assert.False(server.MatchesHostname("elsewhere.example"));
    }

    [Fact]
    public void Create_Tokens_OpenWhatTheyAreFor()
    {
        using ConfigFolder folder = new();
        FileTokenStore store = new(folder.PathOf("tokens.json"), TimeProvider.System);
        byte[] hash = new byte[SHA256.HashSizeInBytes];

        Assert.True(BearerToken.TryHash(File.ReadAllText(folder.PathOf("clients/analyst.token")).Trim(), hash));

        TokenRecord? token = store.Find(hash);
        Assert.Equal("analyst", token?.Party);
        Assert.Equal(CallerRoles.Analyst, token?.Role);
        Assert.True(token?.IsValidAt(DateTimeOffset.UtcNow));
    }
}
