namespace Linkage.Sidecar.Services.Owner;

/// <summary>What tells a file from the one that replaces it, without reading either.</summary>
/// <param name="Length">Its bytes.</param>
/// <param name="Written">When it was last written to, in ticks.</param>
/// <param name="Created">When it was made, in ticks: a file put in its place by a rename is another one.</param>
internal readonly record struct FileStamp(long Length, long Written, long Created)
{
    /// <summary>The stamp of a file.</summary>
    public static FileStamp Of(string path)
    {
        FileInfo file = new(path);
        return new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks, file.CreationTimeUtc.Ticks);
    }
}
