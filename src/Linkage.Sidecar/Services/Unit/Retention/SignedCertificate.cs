namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>A certificate with the unit's signature: the file in <c>certificates/</c>.</summary>
/// <param name="Certificate">What is signed, in the form that writing it again gives.</param>
/// <param name="KeyId">SHA-256 of the signing key's public half, in lower-case hex.</param>
/// <param name="Signature">ECDSA P-256 over SHA-256, base 64.</param>
internal sealed record SignedCertificate(DeletionCertificate Certificate, string KeyId, byte[] Signature);
