namespace Linkage.Cli.Input;

/// <summary>Opens what the user names, and says so in the user's words when there is nothing to open.</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading from start to end.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="InputException">There is no such file, or it is a directory.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read the file.</exception>
    public static FileStream Open(string path)
    {
        RefuseDirectory(path);
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(path, "no such file");
        }
    }

    /// <summary>Refuses what is no file, before the library opens it.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <exception cref="InputException">There is no such file, or it is a directory.</exception>
    public static void RequireFile(string path)
    {
        RefuseDirectory(path);
        if (!File.Exists(path))
        {
            throw new InputException(path, "no such file");
        }
    }

    // The system calls this "access denied", which would pass for a refusal by policy.
    private static void RefuseDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException(path, "is a directory, not a file");
        }
    }
}
