namespace Linkage.Sidecar.Tests.Faults.Support;

/// <summary>A file system of a few megabytes in a process's mount namespace, filled and emptied from outside.</summary>
internal sealed class SmallDisk(string root)
{
    private const int Block = 4096;

    private string Ballast => Path.Join(root, "ballast");

    /// <summary>The shell's command that puts one over a directory.</summary>
    public static string Mount(string directory) => $"mount -t tmpfs -o size=16m,mode=700 none '{directory}'";

    /// <summary>Leaves no room, or very little.</summary>
    public void Fill(int blocksLeft = 0)
    {
        using FileStream file = new(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[Block];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            file.SetLength((file.Length / Block * Block) - ((long)blocksLeft * Block));
        }
    }

    public void Free() => File.Delete(Ballast);

    /// <summary>The names of all files in a directory of the disk but the ballast.</summary>
    public string[] Names(string directory = "") =>
    [
        .. Directory.EnumerateFiles(Path.Join(root, directory)).Select(path => Path.GetFileName(path))
            .Where(name => name != Path.GetFileName(Ballast)).Order(),
    ];
}
