using Linkage.Bloom.Storage;

namespace Linkage.Cli.Input;

/// <summary>Opens encoded files.</summary>
internal static class EncodedInput
{
    /// <summary>Opens and verifies a file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>The file; the caller disposes it.</returns>
    /// <exception cref="InputException">There is no such file.</exception>
    /// <exception cref="EncodingFormatException">It is truncated, altered or no encoded file.</exception>
    public static EncodedFile Open(string path)
    {
        InputFile.RequireFile(path);
        return EncodedFile.Open(path);
    }
}
