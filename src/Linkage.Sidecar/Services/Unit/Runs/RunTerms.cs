using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>What the terms of a project say about runs and their results.</summary>
/// <param name="Revision">Number of the terms.</param>
/// <param name="Output">What leaves the unit.</param>
/// <param name="SchemaText">The schema to link by.</param>
/// <param name="EncodingFingerprint">What every file has to be encoded by.</param>
/// <param name="KeyId">The key every file has to be encoded with.</param>
/// <param name="CheckValue">The check value every file has to carry.</param>
/// <param name="SmallestCount">Numbers below this one are not told.</param>
internal sealed record RunTerms(
    int Revision,
    Stored.OutputType Output,
    string SchemaText,
    string EncodingFingerprint,
    string KeyId,
    string CheckValue,
    int SmallestCount)
{
    /// <summary>The least that the smallest count can be.</summary>
    public const int LeastSmallestCount = 10;

    /// <summary>The terms in force; null when not all parties have approved them.</summary>
    public static RunTerms? Of(Stored.Project project) =>
        project is { State: Stored.ProjectState.Agreed or Stored.ProjectState.Closed, Terms: { } terms }
            ? new RunTerms(
                project.TermsVersion,
                terms.Output,
                terms.SchemaText,
                terms.EncodingFingerprint,
                terms.KeyId,
                terms.CheckValue,
                LeastSmallestCount)
            : null;
}
