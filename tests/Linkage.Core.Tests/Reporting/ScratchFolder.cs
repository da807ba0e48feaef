namespace Linkage.Core.Tests.Reporting;

/// <summary>A folder of one test, gone when the test is.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkage-core-");

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public IReadOnlyDictionary<string, string> Texts() => Directory.GetFiles(Path)
        .ToDictionary(file => System.IO.Path.GetFileName(file), File.ReadAllText);

    public void Dispose() => _folder.Delete(recursive: true);
}
