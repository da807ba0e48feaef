using System.Text;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>The text of <c>grpc-message</c>: UTF-8, everything outside 0x20-0x7E and the percent sign as %XX.</summary>
internal static class PercentCoding
{
    private const string Digits = "0123456789ABCDEF";

    /// <summary>Encodes a text, or as many whole characters from its start as the result has room for.</summary>
    public static string Encode(string text, int mostLetters = int.MaxValue)
    {
        if (text.Length <= mostLetters && text.All(IsPlain))
        {
            return text;
        }

        StringBuilder encoded = new();
        Span<byte> units = stackalloc byte[4];
        foreach (Rune letter in text.EnumerateRunes())
        {
            int count = letter.EncodeToUtf8(units);
            bool isPlain = count == 1 && IsPlain((char)units[0]);
            if (encoded.Length + (isPlain ? 1 : 3 * count) > mostLetters)
            {
                break;
            }

            Append(encoded, units[..count], isPlain);
        }

        return encoded.ToString();
    }

    /// <summary>Undoes <see cref="Encode"/>; a percent sign without two digits stays as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%'))
        {
            return text;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            bool isEscape = bytes[i] == '%' && i + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            bytes[length++] = isEscape
                ? (byte)((HexValue(bytes[i + 1]) << 4) | HexValue(bytes[i + 2]))
                : bytes[i];
            i += isEscape ? 2 : 0;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static void Append(StringBuilder encoded, ReadOnlySpan<byte> units, bool isPlain)
    {
        foreach (byte unit in units)
        {
            if (isPlain)
            {
                encoded.Append((char)unit);
            }
            else
            {
                encoded.Append('%').Append(Digits[unit >> 4]).Append(Digits[unit & 15]);
            }
        }
    }

    private static bool IsPlain(char letter) => letter is >= ' ' and <= '~' and not '%';

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
