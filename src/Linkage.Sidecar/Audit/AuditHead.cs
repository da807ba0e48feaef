using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Linkage.Sidecar.Audit;

/// <summary>The end of the chain at some time, signed: <c>linkage-audit-head/1</c>.</summary>
/// <param name="Sequence">Number of the last entry.</param>
/// <param name="Hash">The hash of that entry.</param>
/// <param name="Time">When it was signed.</param>
/// <param name="KeyId">Which key signed it.</param>
/// <param name="Signature">The signature.</param>
internal sealed record AuditHead(long Sequence, string Hash, DateTimeOffset Time, string KeyId, string Signature)
{
    /// <summary>Name and version of the format.</summary>
    public const string Format = "linkage-audit-head/1";

    /// <summary>The most bytes of a head file.</summary>
    public const int LongestFile = 4096;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 1, AllowDuplicateProperties = false };

    /// <summary>What is signed.</summary>
    public static byte[] SignedBytes(long sequence, string hash, DateTimeOffset time, string keyId) =>
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{Format}\n{sequence}\n{hash}\n{time.ToUnixTimeMilliseconds()}\n{keyId}\n"));

    /// <summary>The file's content: one line.</summary>
    public string ToText()
    {
        ArrayBufferWriter<byte> target = new();
        using (Utf8JsonWriter json = new(target))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("sequence", Sequence);
            json.WriteString("hash", Hash);
            json.WriteNumber("time", Time.ToUnixTimeMilliseconds());
            json.WriteString("key", KeyId);
            json.WriteString("signature", Signature);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(target.WrittenSpan) + "\n";
    }

    /// <summary>Reads a file's content; only what <see cref="ToText"/> would give is one.</summary>
    /// <returns>Null if it is none.</returns>
    public static AuditHead? Read(ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestFile)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text.ToArray(), Strict);
            JsonElement root = document.RootElement;
            AuditHead head = new(
                root.GetProperty("sequence").GetInt64(),
                TextOf(root, "hash"),
                DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("time").GetInt64()),
                TextOf(root, "key"),
                TextOf(root, "signature"));
            return Encoding.UTF8.GetBytes(head.ToText()).AsSpan().SequenceEqual(text) ? head : null;
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException
            or KeyNotFoundException or ArgumentException)
        {
            return null; // whatever is wrong with it, it is no head
        }
    }

    private static string TextOf(JsonElement root, string name) =>
        root.GetProperty(name).GetString() ?? throw new FormatException("A member is null.");
}
