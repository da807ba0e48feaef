using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Projects;

/// <summary>SHA-256 over all of the terms and the names of the parties: what an approval names.</summary>
internal static class TermsDigest
{
    private const string Label = "linkage/v1|terms";

    /// <summary>The digest of the terms in force, 64 lower-case hexadecimal digits.</summary>
    public static string Of(Project project, ProjectTerms terms)
    {
        string[] parts =
        [
            Label,
            project.Id,
            Text(project.TermsVersion),
            terms.EncodingFingerprint,
            terms.LinkageFingerprint,
            terms.SchemaText,
            terms.KeyProject,
            terms.KeyId,
            Text(terms.Epoch),
            terms.CheckValue,
            terms.ModelText is null ? "estimate" : "given",
            terms.ModelText ?? string.Empty,
            Text((int)terms.Output),
            Text(terms.SmallestCount),
            .. project.Parties
                .Where(party => party.State != PartyState.Withdrawn)
                .Select(party => party.Name)
                .Order(StringComparer.Ordinal),
        ];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
