using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Tests.Storage;

public sealed class StoreDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => Path.Join(_folder.Path, "x.db");

    [Fact]
    public void Open_FileOfAnotherProgram_ChangesNoByte()
    {
        using (SqliteConnection theirs = new(StoreDatabase.UnpooledString(MakeEmpty())))
        {
            theirs.Open();
            theirs.Execute("CREATE TABLE theirs (x)");
        }

        byte[] before = File.ReadAllBytes(FilePath);

        Assert.Throws<StoreDamagedException>(() => StoreDatabase.Open(FilePath));

        Assert.Equal(before, File.ReadAllBytes(FilePath));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_ClosesIt()
    {
        File.WriteAllText(FilePath, new string('x', 5000));

        Assert.Throws<StoreDamagedException>(() => StoreDatabase.Open(FilePath));

        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(
                Directory.GetFileSystemEntries("/proc/self/fd"),
                handle => new FileInfo(handle).LinkTarget == FilePath);
        }
    }

    [Fact]
    public void CopyTo_DamagedFile_IsReportedAsDamage()
    {
        StoreDatabase.Open(FilePath).Dispose();
        using StoreDatabase database = StoreDatabase.Open(FilePath);
        using (FileStream file = new(FilePath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Write(new byte[100]);
        }

        Assert.Throws<StoreDamagedException>(() => database.CopyTo(Path.Join(_folder.Path, "copy.db")));
    }

    [Fact]
    public void Files_WhileOpen_AreTheirOwnersAlone()
    {
        using StoreDatabase database = StoreDatabase.Open(FilePath);

        string[] files = Directory.GetFiles(_folder.Path);

        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Equal(FileModes.Of(FilePath), FileModes.Of(file)));
        Assert.True(OperatingSystem.IsWindows() || FileModes.Of(FilePath) == FileRules.OwnerFile);
    }

    public void Dispose() => _folder.Dispose();

    private string MakeEmpty()
    {
        File.WriteAllBytes(FilePath, []);
        return FilePath;
    }
}
