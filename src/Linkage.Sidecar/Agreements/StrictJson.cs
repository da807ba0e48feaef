using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Linkage.Sidecar.Agreements;

/// <summary>Reads JSON files of a known shape and takes nothing that is not part of it.</summary>
internal static class StrictJson
{
    private const int Deepest = 8;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = Deepest };

    /// <summary>Reads a text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="limit">The most bytes it may have.</param>
    /// <param name="type">The shape.</param>
    /// <param name="name">What it should be, for the message.</param>
    /// <returns>What it says, and its canonical form.</returns>
    /// <exception cref="AgreementFormatException">It is not of that shape.</exception>
    public static (T Value, byte[] Canonical) Read<T>(
        ReadOnlyMemory<byte> utf8, int limit, JsonTypeInfo<T> type, string name)
        where T : class
    {
        if (utf8.Length > limit)
        {
            throw new AgreementFormatException(name, "is too long");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, Options);
            if (document.RootElement.Deserialize(type) is { } value)
            {
                return (value, CanonicalJson.Write(document.RootElement));
            }
        }
        catch (JsonException wrong)
        {
            // The inner message may quote the file.
            throw new AgreementFormatException(
                string.IsNullOrEmpty(wrong.Path) ? name : wrong.Path,
                "is not valid JSON, not of the right kind, twice there or missing");
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException)
        {
            // Valid JSON can spell half of a pair of UTF-16 units, which is no text.
            throw new AgreementFormatException(name, "has a text or a number that cannot be used");
        }

        throw new AgreementFormatException(name, "must hold a JSON object");
    }
}
