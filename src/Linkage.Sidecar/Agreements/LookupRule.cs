namespace Linkage.Sidecar.Agreements;

/// <summary>Says what parties answer to whom.</summary>
/// <param name="Clause">The clause of the agreement, as people cite it.</param>
/// <param name="Asking">The parties that ask, or <c>*</c>.</param>
/// <param name="About">The parties whose records answer, or <c>*</c>.</param>
/// <param name="Purposes">What for, or <c>*</c>.</param>
/// <param name="Answer"><c>share</c>, or <c>ask</c> if the party releases each case.</param>
/// <param name="Show">What is shown of a match, beside that there is one.</param>
internal sealed record LookupRule(
    string Clause,
    IReadOnlyList<string> Asking,
    IReadOnlyList<string> About,
    IReadOnlyList<string> Purposes,
    string Answer,
    IReadOnlyList<string> Show)
{
    /// <summary>Whether it speaks of a question.</summary>
    public bool SpeaksOf(string asking, string about, string purpose) =>
        AgreementWords.Names(Asking, asking) && AgreementWords.Names(About, about)
        && AgreementWords.Names(Purposes, purpose);
}
