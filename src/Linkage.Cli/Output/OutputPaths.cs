namespace Linkage.Cli.Output;

/// <summary>Checks on the names of outputs before any work is done.</summary>
internal static class OutputPaths
{
    /// <summary>Refuses an output that would replace an input of the same command.</summary>
    /// <param name="option">The option that names the output.</param>
    /// <param name="output">The output.</param>
    /// <param name="inputs">The inputs.</param>
    /// <exception cref="ArgumentException">Output and an input are one file.</exception>
    public static void RequireDistinct(string option, string output, params ReadOnlySpan<string> inputs)
    {
        string full = Path.GetFullPath(output);
        foreach (string input in inputs)
        {
            if (Path.GetFullPath(input).Equals(full, StringComparison.Ordinal))
            {
                throw new ArgumentException($"{option} would replace an input of the same command");
            }
        }
    }
}
