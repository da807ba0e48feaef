namespace Linkage.Core.Tests.Support;

/// <summary>A directory that goes away with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("linkage-");

    public string PathOf(string name) => Path.Join(_directory.FullName, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
