using System.Security.Cryptography;
using System.Text.Json;

namespace Linkage.Sidecar.Identity;

/// <summary>The file <c>linkage-tokens/1</c>: hashes of tokens, whose they are and until when.</summary>
internal static class TokenFile
{
    private const string FormatName = "linkage-tokens/1";
    private const int LongestFile = 16 << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not such a file; the message names it and no content.</exception>
    public static TokenTable Read(string path)
    {
        if (new FileInfo(path).Length > LongestFile)
        {
            throw new FormatException($"{path}: is not a file of tokens: it is too long");
        }

        try
        {
            TokenFileContent? content = JsonSerializer.Deserialize(
                File.ReadAllBytes(path), IdentityJson.Default.TokenFileContent);
            if (content is { Format: FormatName })
            {
                return new TokenTable([.. content.Tokens.Select(ToRecord)]);
            }
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException)
        {
            // The inner message may quote the file.
            throw new FormatException($"{path}: is not a file of tokens: a member is wrong");
        }

        throw new FormatException($"{path}: is not a file of tokens of format {FormatName}");
    }

    /// <summary>The file's bytes.</summary>
    public static byte[] Format(TokenTable table) => JsonSerializer.SerializeToUtf8Bytes(
        new TokenFileContent(FormatName, [.. table.Records.Select(FromRecord)]),
        IdentityJson.Default.TokenFileContent);

    private static TokenRecord ToRecord(TokenFileEntry? entry)
    {
        // The number of a role and a list of roles would be parsed as well, hence the letters.
        byte[] hash = Convert.FromHexString(entry?.Hash ?? string.Empty);
        if (entry is null || hash.Length != SHA256.HashSizeInBytes || !Principal.IsName(entry.Party)
            || !entry.Role.All(char.IsAsciiLetter)
            || !Enum.TryParse(entry.Role, ignoreCase: true, out CallerRoles role) || role == CallerRoles.None)
        {
            throw new FormatException("A token has a wrong member.");
        }

        return new TokenRecord(hash, entry.Party, role, entry.Expires, entry.Revoked);
    }

    private static TokenFileEntry FromRecord(TokenRecord record) => new(
        Convert.ToHexStringLower(record.Hash.Span),
        record.Party,
        record.Role.ToString().ToLowerInvariant(),
        record.Expires,
        record.Revoked);
}
