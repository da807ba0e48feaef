using System.Diagnostics;

namespace Linkage.Shape.Tests.Support;

/// <summary>What the repository publishes, as opposed to what lies about in somebody's work tree.</summary>
internal static class TrackedFiles
{
    /// <summary>The tracked files, from the root; in a source archive without history, all files.</summary>
    public static IReadOnlyList<string> List()
    {
        string git = Repository.PathOf(".git");
        return Directory.Exists(git) || File.Exists(git) ? [.. Ask().Where(IsPresent)] : Repository.Files();
    }

    /// <summary>Whether the file is text, by git's own measure: no zero byte near its start.</summary>
    public static bool IsText(string relative)
    {
        using FileStream file = File.OpenRead(Repository.PathOf(relative));
        byte[] start = new byte[8000];
        return !start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)).Contains((byte)0);
    }

    private static bool IsPresent(string relative) => File.Exists(Repository.PathOf(relative));

    private static string[] Ask()
    {
        // The checkout may belong to another user, as in a container; reading its index is safe all the same.
        ProcessStartInfo start = new("git", ["-c", "safe.directory=*", "ls-files", "-z"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        using Process git = Process.Start(start)!;
        string answer = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return answer.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }
}
