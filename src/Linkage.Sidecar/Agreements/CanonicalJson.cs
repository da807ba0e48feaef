using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Linkage.Sidecar.Agreements;

/// <summary>The one way to write a JSON value that a digest is taken over.</summary>
/// <remarks>
/// Members by name, ordinally; no white space; of a text, everything outside the printable ASCII letters as <c>\u</c>
/// with four lower-case digits for each UTF-16 unit; whole numbers as they are. For a value without control characters
/// and fractions it is what Python writes by
/// <c>json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)</c>.
/// </remarks>
internal static class CanonicalJson
{
    /// <summary>The canonical form, which is ASCII.</summary>
    /// <exception cref="FormatException">A number is no whole one, or is written in another way than by digits.</exception>
    public static byte[] Write(JsonElement value)
    {
        StringBuilder text = new();
        Append(text, value);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendAll(
                    text,
                    '{',
                    value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal),
                    member => AppendMember(text, member),
                    '}');
                break;
            case JsonValueKind.Array:
                AppendAll(text, '[', value.EnumerateArray(), element => Append(text, element), ']');
                break;
            case JsonValueKind.String:
                AppendText(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(WholeNumber(value));
                break;
            default:
                text.Append(value.GetRawText()); // true, false, null
                break;
        }
    }

    private static void AppendMember(StringBuilder text, JsonProperty member)
    {
        AppendText(text, member.Name);
        text.Append(':');
        Append(text, member.Value);
    }

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> parts, Action<T> append, char close)
    {
        text.Append(open);
        bool isFirst = true;
        foreach (T part in parts)
        {
            if (!isFirst)
            {
                text.Append(',');
            }

            isFirst = false;
            append(part);
        }

        text.Append(close);
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char letter in value)
        {
            if (letter is '"' or '\\')
            {
                text.Append('\\').Append(letter);
            }
            else if (letter is >= ' ' and <= '~')
            {
                text.Append(letter);
            }
            else
            {
                text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        text.Append('"');
    }

    private static string WholeNumber(JsonElement value)
    {
        string raw = value.GetRawText();
        return value.TryGetInt64(out long number) && raw == number.ToString(CultureInfo.InvariantCulture)
            ? raw
            : throw new FormatException("A number is not a whole one.");
    }
}
