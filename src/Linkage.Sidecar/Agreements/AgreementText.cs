using System.Security.Cryptography;
using System.Text.Json;

namespace Linkage.Sidecar.Agreements;

/// <summary>An agreement that was read and checked, with the digest that signatures name. Immutable.</summary>
internal sealed record AgreementText
{
    /// <summary>The most bytes a document may have.</summary>
    public const int LongestDocument = 256 << 10;

    private AgreementText(AgreementDocument document, ReadOnlyMemory<byte> canonical)
    {
        Document = document;
        Canonical = canonical;
        Digest = Convert.ToHexStringLower(SHA256.HashData(canonical.Span));
    }

    /// <summary>What it says.</summary>
    public AgreementDocument Document { get; }

    /// <summary>The canonical form.</summary>
    public ReadOnlyMemory<byte> Canonical { get; }

    /// <summary>SHA-256 of the canonical form: 64 lower-case hexadecimal digits.</summary>
    public string Digest { get; }

    /// <summary>Reads a document and checks all it says.</summary>
    /// <exception cref="AgreementFormatException">It is no agreement, or contradicts itself.</exception>
    public static AgreementText Read(ReadOnlyMemory<byte> utf8)
    {
        (AgreementDocument document, byte[] canonical) = StrictJson.Read(
            utf8, LongestDocument, AgreementJson.Default.AgreementDocument, "agreement");
        AgreementRules.Require(document);
        return new AgreementText(document, canonical);
    }

    /// <summary>A document in the form in which it is written to a file.</summary>
    public static byte[] Format(AgreementDocument document) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(document, AgreementJson.Default.AgreementDocument), (byte)'\n'];

    /// <summary>Reads what <see cref="Format"/> gives.</summary>
    /// <exception cref="AgreementFormatException">The document contradicts itself.</exception>
    public static AgreementText Of(AgreementDocument document) => Read(Format(document));
}
