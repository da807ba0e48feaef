using Linkage.Bloom.Schemas;

namespace Linkage.Cli.Input;

/// <summary>Reads what the owners agreed on.</summary>
internal static class SchemaFile
{
    /// <summary>Reads and checks a schema.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="InputException">It is no valid schema; the message names file and place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LinkageSchema Load(string path)
    {
        InputFile.RequireFile(path);
        try
        {
            return LinkageSchema.Load(path);
        }
        catch (LinkageSchemaException exception)
        {
            throw new InputException(path, exception.Message);
        }
    }
}
