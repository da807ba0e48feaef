using Linkage.Bloom.Keys;

namespace Linkage.Cli.Input;

/// <summary>Reads the key that the owners share.</summary>
internal static class ProjectKey
{
    /// <summary>Reads a key file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="InputException">It is no key file; the message says nothing of its content.</exception>
    /// <exception cref="UnauthorizedAccessException">Others than the file's owner may read or change it.</exception>
    public static LinkageKey Load(string path)
    {
        InputFile.RequireFile(path);
        try
        {
            return LinkageKey.Load(path);
        }
        catch (FormatException)
        {
            throw new InputException(path, "is not a whole key file of the format linkage-key/1");
        }
    }
}
