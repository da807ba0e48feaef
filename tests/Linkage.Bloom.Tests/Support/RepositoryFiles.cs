namespace Linkage.Bloom.Tests.Support;

/// <summary>Files of the repository that tests read where they stand.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = FindRoot();

    public static string Golden(string name) => Find("tests/Linkage.Bloom.Tests/GoldenFiles/" + name);

    public static string Find(string path) => Path.Join(Root, path);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Join(folder.FullName, "Linkage.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Linkage.sln.");
    }
}
