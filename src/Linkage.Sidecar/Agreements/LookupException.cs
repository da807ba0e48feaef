namespace Linkage.Sidecar.Agreements;

/// <summary>Forbids an answer, whatever the rules say.</summary>
/// <param name="Clause">The clause of the agreement, as people cite it.</param>
/// <param name="Asking">The parties that ask, or <c>*</c>.</param>
/// <param name="About">The parties whose records would answer, or <c>*</c>.</param>
/// <param name="Purposes">What for, or <c>*</c>.</param>
/// <param name="Citation">The law that forbids it.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record LookupException(
    string Clause,
    IReadOnlyList<string> Asking,
    IReadOnlyList<string> About,
    IReadOnlyList<string> Purposes,
    string Citation,
    string Reason)
{
    /// <summary>Whether it speaks of a question.</summary>
    public bool SpeaksOf(string asking, string about, string purpose) =>
        AgreementWords.Names(Asking, asking) && AgreementWords.Names(About, about)
        && AgreementWords.Names(Purposes, purpose);
}
