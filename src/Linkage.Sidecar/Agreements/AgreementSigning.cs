using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Linkage.Sidecar.Agreements;

/// <summary>Signs agreements and verifies signatures.</summary>
/// <remarks>
/// What is signed are four lines of ASCII, each ended by a line feed: the name of the signature's format, the digest,
/// the party, the time. The name keeps a signature from being one under anything else.
/// </remarks>
internal static class AgreementSigning
{
    /// <summary>The most bytes a signature file may have.</summary>
    public const int LongestFile = 4096;

    private const int SignatureLength = 64;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Signs in the name of a party.</summary>
    /// <exception cref="AgreementFormatException">The agreement does not name the party with this key, or is not
    /// complete.</exception>
    public static AgreementSignature Sign(AgreementText agreement, string party, ECDsa key, DateTimeOffset at)
    {
        if (agreement.Document.PartyOf(party) is not { } known)
        {
            throw new AgreementFormatException("party", "is none of the agreement's");
        }

        if (known.PublicKey != SigningKey.PublicKeyOf(key))
        {
            throw new AgreementFormatException("key", "is not the one the agreement names for the party");
        }

        if (AgreementTemplates.IsIncomplete(agreement.Document))
        {
            throw new AgreementFormatException("agreement", "has places that counsel has to complete first");
        }

        string time = at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        byte[] signature = key.SignData(
            Message(agreement.Digest, party, time),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new AgreementSignature(
            AgreementSignature.FormatName,
            agreement.Document.Id,
            agreement.Document.Version,
            agreement.Digest,
            party,
            time,
            Convert.ToBase64String(signature));
    }

    /// <summary>A signature as a file.</summary>
    public static byte[] Format(AgreementSignature signature) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(signature, AgreementJson.Default.AgreementSignature), (byte)'\n'];

    /// <summary>Reads a signature file; whether it verifies is another question.</summary>
    /// <exception cref="AgreementFormatException">It is none.</exception>
    public static AgreementSignature Read(ReadOnlyMemory<byte> utf8)
    {
        (AgreementSignature signature, _) = StrictJson.Read(
            utf8, LongestFile, AgreementJson.Default.AgreementSignature, "signature");
        return signature.Format == AgreementSignature.FormatName
            ? signature
            : throw new AgreementFormatException("format", $"must be {AgreementSignature.FormatName}");
    }

    /// <summary>Whether a signature is one under this document, by a party it names, with that party's key.</summary>
    public static bool IsValid(AgreementText agreement, AgreementSignature signature)
    {
        if (signature.Agreement != agreement.Document.Id || signature.Version != agreement.Document.Version
            || signature.Digest != agreement.Digest || !IsTime(signature.SignedAt)
            || agreement.Document.PartyOf(signature.Party) is not { } party)
        {
            return false;
        }

        byte[] bytes = new byte[SignatureLength];
        if (!Convert.TryFromBase64String(signature.Signature, bytes, out int length) || length != bytes.Length)
        {
            return false;
        }

        using ECDsa key = SigningKey.ImportPublic(party.PublicKey);
        return key.VerifyData(
            Message(signature.Digest, signature.Party, signature.SignedAt),
            bytes,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool IsTime(string text) => DateTime.TryParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static byte[] Message(string digest, string party, string time) =>
        Encoding.ASCII.GetBytes($"{AgreementSignature.FormatName}\n{digest}\n{party}\n{time}\n");
}
