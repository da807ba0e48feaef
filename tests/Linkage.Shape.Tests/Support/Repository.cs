namespace Linkage.Shape.Tests.Support;

/// <summary>The repository the tests were built from, found by walking up to the solution.</summary>
internal static class Repository
{
    private static readonly HashSet<string> GeneratedFolders = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".vscode", "artifacts", "bin", "obj", "node_modules", "BenchmarkDotNet.Artifacts",
    };

    /// <summary>The folder that holds <c>Linkage.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a file, given with slashes from the root.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>All files that are not generated, as paths with slashes from the root, in ordinal order.</summary>
    public static IReadOnlyList<string> Files() => [.. Walk(Root)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    /// <summary>The files below one of the folders with a name that ends in <paramref name="suffix"/>.</summary>
    public static IEnumerable<string> Files(string suffix, params string[] folders) => Files()
        .Where(file => file.EndsWith(suffix, StringComparison.Ordinal))
        .Where(file => folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));

    /// <summary>The lines of a file, given from the root.</summary>
    public static string[] ReadLines(string relative) => File.ReadAllLines(PathOf(relative));

    /// <summary>The text of a file, given from the root.</summary>
    public static string ReadText(string relative) => File.ReadAllText(PathOf(relative));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            yield return file;
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (!GeneratedFolders.Contains(Path.GetFileName(child)))
            {
                foreach (string file in Walk(child))
                {
                    yield return file;
                }
            }
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Linkage.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("No folder above the test assembly holds Linkage.sln.");
    }
}
