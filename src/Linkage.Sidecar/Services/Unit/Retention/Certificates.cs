using System.Security.Cryptography;
using System.Text.Json;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>Signs certificates of deletion and verifies them.</summary>
internal static class Certificates
{
    private const int LongestFile = 64 * 1024 * 1024;

    /// <summary>The file of a certificate.</summary>
    public static byte[] Sign(DeletionCertificate certificate, IUnitSigner signer) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new SignedCertificate(certificate, signer.KeyId, signer.Sign(BytesOf(certificate))),
            CertificateJson.Default.SignedCertificate);

    /// <summary>Reads a file and holds its signature against a key.</summary>
    /// <exception cref="FormatException">It is no certificate, was altered, or another key has signed it.</exception>
    public static DeletionCertificate Verify(byte[] file, ECDsa publicKey)
    {
        SignedCertificate signed = Parse(file);
        if (signed.Certificate.Format != DeletionCertificate.CurrentFormat)
        {
            throw new FormatException($"The file is not a certificate of {DeletionCertificate.CurrentFormat}.");
        }

        // Only the form that was written is taken: nobody can add what the signature does not cover.
        byte[] canonical = JsonSerializer.SerializeToUtf8Bytes(signed, CertificateJson.Default.SignedCertificate);
        bool isSigned = file.AsSpan().SequenceEqual(canonical)
            && signed.KeyId == KeyIdOf(publicKey)
            && publicKey.VerifyData(BytesOf(signed.Certificate), signed.Signature, HashAlgorithmName.SHA256);
        return isSigned
            ? signed.Certificate
            : throw new FormatException("The certificate was altered, or another key has signed it.");
    }

    /// <summary>The id of a key: SHA-256 of its public half, in lower-case hex.</summary>
    public static string KeyIdOf(ECDsa key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static byte[] BytesOf(DeletionCertificate certificate) =>
        JsonSerializer.SerializeToUtf8Bytes(certificate, CertificateJson.Default.DeletionCertificate);

    private static SignedCertificate Parse(byte[] file)
    {
        try
        {
            return file.Length <= LongestFile
                && JsonSerializer.Deserialize(file, CertificateJson.Default.SignedCertificate) is { } signed
                ? signed
                : throw new FormatException("The file is not a certificate.");
        }
        catch (JsonException wrong)
        {
            throw new FormatException("The file is not a certificate.", wrong);
        }
    }
}
