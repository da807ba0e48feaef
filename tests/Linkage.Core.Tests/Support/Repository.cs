using Linkage.Bloom.Schemas;

namespace Linkage.Core.Tests.Support;

/// <summary>Finds files of the repository from wherever the test assembly runs.</summary>
internal static class Repository
{
    private static readonly Lazy<string> LazyRoot = new(FindRoot);

    public static string Root => LazyRoot.Value;

    /// <summary>The folder of test data that lies beside the repository; it need not exist.</summary>
    public static string SharedData => Path.Join(Path.GetDirectoryName(Root), "shared", "data");

    public static LinkageSchema Schema(string name) =>
        LinkageSchema.Load(Path.Join(Root, "samples", "schemas", $"{name}.schema.json"));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Join(folder.FullName, "Linkage.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No folder above the tests holds Linkage.sln.");
    }
}
