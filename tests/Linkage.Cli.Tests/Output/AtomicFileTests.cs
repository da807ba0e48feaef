using System.Text;
using Linkage.Bloom.Storage;
using Linkage.Cli.Tests.Support;

namespace Linkage.Cli.Tests.Output;

public sealed class AtomicFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Commit_NewFile_AppearsWholeAndAlone()
    {
        string path = _directory.PathOf("a.txt");
        using (AtomicFile file = AtomicFile.Create(path))
        {
            file.Stream.Write("text"u8);
            Assert.False(File.Exists(path));
            file.Commit();
        }

        Assert.Equal("text", File.ReadAllText(path));
        Assert.Equal(["a.txt"], _directory.Names());
    }

    [Fact]
    public void Commit_OverOlderFile_ReplacesContentAndMode()
    {
        string path = _directory.Write("a.txt", "older and longer");
        using (AtomicFile file = AtomicFile.Create(path, ownerOnly: true))
        {
            file.Stream.Write("new"u8);
            Assert.Equal("older and longer", File.ReadAllText(path));
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(path));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == OwnerOnly);
    }

    [Fact]
    public void Create_OwnerOnly_IsSoBeforeAnyContent()
    {
        using AtomicFile file = AtomicFile.Create(_directory.PathOf("a.txt"), ownerOnly: true);
        string temporary = _directory.PathOf(Assert.Single(_directory.Names()));

        Assert.Equal(0, new FileInfo(temporary).Length);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(temporary) == OwnerOnly);
    }

    [Fact]
    public void Dispose_NotCommitted_LeavesTheOlderFileAndNothingElse()
    {
        string path = _directory.Write("a.txt", "older");
        using (AtomicFile file = AtomicFile.Create(path))
        {
            file.Stream.Write(Encoding.UTF8.GetBytes(new string('x', 100_000)));
        }

        Assert.Equal("older", File.ReadAllText(path));
        Assert.Equal(["a.txt"], _directory.Names());
    }

    [Fact]
    public void Create_NoDirectory_IsBadInput()
    {
        Exception? exception = Record.Exception(() => AtomicFile.Create(_directory.PathOf("none/a.txt")));

        Assert.IsType<DirectoryNotFoundException>(exception);
        Assert.Equal(ExitCode.BadInput, Failure.From(exception).ExitCode);
    }

    [Fact]
    public void Create_NameOfADirectory_IsBadInput()
    {
        Exception? exception = Record.Exception(() => AtomicFile.Create(_directory.Root));

        Assert.Equal(ExitCode.BadInput, Failure.From(exception!).ExitCode);
    }
}
