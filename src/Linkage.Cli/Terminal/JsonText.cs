using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Linkage.Cli.Terminal;

/// <summary>Writes one JSON object as the result of a command, for machines.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes an object and a line end.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="members">Writes the object's members.</param>
    public static void Write(TextWriter destination, Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        destination.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
