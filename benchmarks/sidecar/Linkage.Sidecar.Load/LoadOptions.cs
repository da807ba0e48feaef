namespace Linkage.Sidecar.Load;

/// <summary>What is measured with what.</summary>
/// <param name="Program">The sidecar's assembly.</param>
/// <param name="Home">The directory that <c>init</c> made, with listeners on free ports.</param>
/// <param name="Schema">The schema of the files.</param>
/// <param name="Large">The large encoded file; its party uploads it.</param>
/// <param name="Small">Another party's encoded file.</param>
/// <param name="PythonAddress">Where Python's server answers health checks.</param>
internal sealed record LoadOptions(
    string Program, string Home, string Schema, string Large, string Small, string PythonAddress)
{
    /// <summary>The options in the order of the command line.</summary>
    public static LoadOptions Parse(string[] args) => args is
        [string program, string home, string schema, string large, string small, string python]
        ? new LoadOptions(program, home, schema, large, small, python)
        : throw new ArgumentException("PROGRAM HOME SCHEMA LARGE SMALL PYTHON_ADDRESS are needed");
}
