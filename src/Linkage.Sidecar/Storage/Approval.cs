namespace Linkage.Sidecar.Storage;

/// <summary>A party's consent to terms.</summary>
/// <param name="TermsVersion">The terms it consented to.</param>
/// <param name="At">When it did.</param>
internal sealed record Approval(int TermsVersion, DateTimeOffset At);
