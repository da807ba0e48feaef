using Grpc.Core;
using Microsoft.Extensions.Primitives;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>Metadata as header fields, in both directions.</summary>
internal static class MetadataCodec
{
    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "te", "content-type", "content-length", "content-encoding", "accept-encoding", "host", "connection",
        "transfer-encoding", "trailer", "upgrade", "connect-protocol-version", "connect-timeout-ms",
        "connect-content-encoding", "connect-accept-encoding",
    };

    /// <summary>The fields that are the caller's own, not the transport's.</summary>
    public static Metadata Read(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        Metadata metadata = [];
        foreach ((string name, StringValues values) in fields)
        {
            foreach (string? value in values)
            {
                Read(metadata, name, value ?? string.Empty);
            }
        }

        return metadata;
    }

    /// <summary>Adds one field, unless it is the transport's or not valid metadata.</summary>
    public static void Read(Metadata metadata, string name, string value)
    {
        if (IsHidden(name) || !Metadata.Entry.IsKey(name))
        {
            return;
        }

        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            if (IsText(value))
            {
                metadata.Add(name, value);
            }

            return;
        }

        foreach (string part in value.Split(','))
        {
            if (TryDecode(part.Trim(), out byte[] bytes))
            {
                metadata.Add(name, bytes);
            }
        }
    }

    /// <summary>The field value of an entry; false if it has characters that no header may have.</summary>
    public static bool TryWrite(Metadata.Entry entry, out string value)
    {
        value = entry.IsBinary ? Convert.ToBase64String(entry.Bytes).TrimEnd('=') : entry.Value;
        return IsText(value);
    }

    /// <summary>Whether a key is the transport's own.</summary>
    public static bool IsHidden(string name) => name.StartsWith(':') || Hidden.Contains(name)
        || (name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase)
            && !name.Equals(ConnectError.DetailsKey, StringComparison.OrdinalIgnoreCase));

    private static bool IsText(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool TryDecode(string text, out byte[] bytes)
    {
        string padded = text.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        bytes = new byte[padded.Length / 4 * 3];
        bool isValid = Convert.TryFromBase64String(padded, bytes, out int length);
        Array.Resize(ref bytes, length);
        return isValid;
    }
}
