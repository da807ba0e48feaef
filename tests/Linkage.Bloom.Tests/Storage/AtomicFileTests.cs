using Linkage.Bloom.Storage;
using Linkage.Bloom.Tests.Support;

namespace Linkage.Bloom.Tests.Storage;

public class AtomicFileTests
{
    [Fact]
    public void Commit_OverAnExistingFile_ReplacesItWhole()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["a"], "a longer text before");
        using (AtomicFile file = AtomicFile.Create(folder["a"]))
        {
            file.Stream.Write("new"u8);
            Assert.Equal("a longer text before", File.ReadAllText(folder["a"]));
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Commit_WithoutReplacing_KeepsAFileThatCameMeanwhile()
    {
        using TempFolder folder = new();
        using (AtomicFile file = AtomicFile.Create(folder["a"], replace: false))
        {
            File.WriteAllText(folder["a"], "meanwhile");
            Assert.Throws<IOException>(file.Commit);
        }

        Assert.Equal("meanwhile", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Create_OwnerOnly_IsSoBeforeAnythingIsWritten()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TempFolder folder = new();
        using AtomicFile file = AtomicFile.Create(folder["a"], ownerOnly: true);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder[Assert.Single(folder.Names)]));
    }
}
