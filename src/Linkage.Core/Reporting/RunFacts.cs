namespace Linkage.Core.Reporting;

/// <summary>What the result of a run cannot know: when it was, and how it was asked for.</summary>
/// <remarks>
/// It goes into <c>run.json</c> and <c>report.html</c> only; the other files are the same for the same result.
/// Immutable.
/// </remarks>
public sealed record RunFacts
{
    /// <summary>When the run began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took, up to the writing of these files.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The options of the command as it was given, one line each; shown as they are.</summary>
    public IReadOnlyList<string> CommandOptions { get; init; } = [];
}
