using Linkage.Core.Model;

namespace Linkage.Cli.Input;

/// <summary>Reads a model of an earlier run.</summary>
internal static class ModelFile
{
    /// <summary>Reads and checks a model.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InputException">It is no valid model; the message names file and place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FellegiSunterModel Load(string path)
    {
        InputFile.RequireFile(path);
        try
        {
            return FellegiSunterModel.Load(path);
        }
        catch (FormatException exception)
        {
            // Nothing in a model is anybody's data.
            throw new InputException(path, exception.Message);
        }
    }
}
