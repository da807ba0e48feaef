using System.CommandLine;

namespace Linkage.Cli.Commands;

/// <summary>A command whose help says what it is for and ends with an example that can be copied.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="summary">One sentence: what it does. Also shown in the list of commands.</param>
/// <param name="explanation">Who runs it and what to know, for somebody who has never used it.</param>
/// <param name="example">One or more whole command lines.</param>
internal sealed class ExampleCommand(string name, string summary, string explanation, string example)
    : Command(name, summary)
{
    /// <summary>Who runs it and what to know.</summary>
    public string Explanation { get; } = explanation;

    /// <summary>The command lines shown under "Example:".</summary>
    public string Example { get; } = example;
}
