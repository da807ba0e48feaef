namespace Linkage.Sidecar.Load;

/// <summary>What lookups are measured with.</summary>
/// <param name="Program">The sidecar's assembly.</param>
/// <param name="Home">The directory that <c>init</c> made, with listeners on free ports.</param>
/// <param name="Schema">The schema of the files.</param>
/// <param name="Messages">Encoded records to ask for, of the first file's party, each after its length.</param>
/// <param name="Files">The encoded file of every party.</param>
internal sealed record LookupLoadOptions(
    string Program, string Home, string Schema, string Messages, IReadOnlyList<string> Files)
{
    /// <summary>The options in the order of the command line.</summary>
    public static LookupLoadOptions Parse(string[] args) => args is
        [string program, string home, string schema, string messages, .. string[] files] && files.Length > 1
        ? new LookupLoadOptions(program, home, schema, messages, files)
        : throw new ArgumentException("PROGRAM HOME SCHEMA MESSAGES FILE FILE ... are needed");
}
