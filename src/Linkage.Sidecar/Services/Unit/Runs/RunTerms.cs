using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>The terms of a project that all of its parties have approved.</summary>
/// <param name="Revision">Number of the terms.</param>
/// <param name="Agreed">What they say.</param>
internal sealed record RunTerms(int Revision, Stored.ProjectTerms Agreed)
{
    /// <summary>The least that the smallest count can be.</summary>
    public const int LeastSmallestCount = 10;

    /// <summary>Numbers below this one are not told.</summary>
    public int SmallestCount => Math.Max(Agreed.SmallestCount, LeastSmallestCount);

    /// <summary>The terms in force; null when not all parties have approved them.</summary>
    public static RunTerms? Of(Stored.Project project) =>
        project is { State: Stored.ProjectState.Agreed or Stored.ProjectState.Closed, Terms: { } terms }
            ? new RunTerms(project.TermsVersion, terms)
            : null;
}
