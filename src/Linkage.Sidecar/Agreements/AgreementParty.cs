namespace Linkage.Sidecar.Agreements;

/// <summary>A party of an agreement.</summary>
/// <param name="Name">Its name, as the unit knows it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="PublicKey">Verifies its signatures: a P-256 SubjectPublicKeyInfo in base64.</param>
internal sealed record AgreementParty(string Name, string Title, string PublicKey);
