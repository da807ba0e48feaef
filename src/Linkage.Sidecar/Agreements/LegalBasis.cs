namespace Linkage.Sidecar.Agreements;

/// <summary>The law a purpose rests on.</summary>
/// <param name="Citation">Where it is.</param>
/// <param name="Text">What it allows, in a sentence.</param>
internal sealed record LegalBasis(string Citation, string Text);
