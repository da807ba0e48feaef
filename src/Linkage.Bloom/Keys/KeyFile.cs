using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Linkage.Bloom.Keys;

/// <summary>The file <c>linkage-key/1</c>: JSON with project, keyId, epoch and root in hex.</summary>
internal static class KeyFile
{
    public const int MaxProjectLength = 128;

    private const string FormatName = "linkage-key/1";
    private const int MaxFileLength = 4096;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static LinkageKey Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
        {
            throw new UnauthorizedAccessException(
                $"{path}: others may read this key file; take their rights away (chmod 600) and consider a new key");
        }

        Expect(file.CanSeek, path, "is a pipe or a device");
        if (file.Length > MaxFileLength)
        {
            throw new FormatException($"{path}: is not a key file: it is too long");
        }

        byte[] content = GC.AllocateArray<byte>((int)file.Length, pinned: true);
        try
        {
            file.ReadExactly(content);
            return Parse(content, path);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public static byte[] Format(LinkageKey key)
    {
        Span<byte> hex = stackalloc byte[2 * LinkageKey.RootLength];
        var buffer = new ArrayBufferWriter<byte>(MaxFileLength);
        try
        {
            Convert.TryToHexStringLower(key.Root, hex, out _);
            using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" });
            writer.WriteStartObject();
            writer.WriteString("format", FormatName);
            writer.WriteString("project", key.Project);
            writer.WriteString("keyId", key.KeyId);
            writer.WriteNumber("epoch", key.Epoch);
            writer.WriteString("root", hex);
            writer.WriteEndObject();
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(hex);
            buffer.Clear();
        }
    }

    private static LinkageKey Parse(ReadOnlySpan<byte> content, string path)
    {
        Span<byte> root = stackalloc byte[LinkageKey.RootLength];
        string? format = null;
        string? project = null;
        string? keyId = null;
        int epoch = 0;
        bool rootRead = false;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(content);
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject, path, "is not a JSON object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                Expect(seen.Add(name), path, "a member stands twice");
                reader.Read();
                switch (name)
                {
                    case "format":
                        format = reader.GetString();
                        break;
                    case "project":
                        project = reader.GetString();
                        break;
                    case "keyId":
                        keyId = reader.GetString();
                        break;
                    case "epoch":
                        epoch = reader.TryGetInt32(out int number) ? number : 0;
                        break;
                    case "root":
                        rootRead = TryReadRoot(reader.ValueSpan, root);
                        break;
                    default:
                        throw new FormatException($"{path}: is not a key file: it has an unknown member");
                }
            }

            Expect(!reader.Read(), path, "something follows its end");
            Expect(format == FormatName, path, $"is not of format {FormatName}");
            Expect(project is { Length: > 0 and <= MaxProjectLength }, path, "member project is missing or too long");
            Expect(IsKeyId(keyId), path, "member keyId is missing or not 16 hex digits");
            Expect(epoch >= 1, path, "member epoch is missing or below 1");
            Expect(rootRead, path, "member root is missing or not 64 hex digits");
            return new LinkageKey(project!, keyId!, epoch, root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The inner message may quote the file.
            throw new FormatException($"{path}: is not a key file: it is not valid JSON of that format");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(root);
        }
    }

    private static void Expect(bool holds, string path, string what)
    {
        if (!holds)
        {
            throw new FormatException($"{path}: is not a key file: {what}");
        }
    }

    private static bool IsKeyId(string? keyId) => keyId is { Length: 16 } && keyId.All(char.IsAsciiHexDigitLower);

    private static bool TryReadRoot(ReadOnlySpan<byte> hex, Span<byte> root) =>
        hex.Length == 2 * root.Length
        && Convert.FromHexString(hex, root, out _, out int written) == OperationStatus.Done
        && written == root.Length;
}
