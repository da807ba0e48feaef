using System.Text;

namespace Linkage.Sidecar.Transport.Wire;

/// <summary>The text of <c>grpc-message</c>: UTF-8, everything outside 0x20-0x7E and the percent sign as %XX.</summary>
internal static class PercentCoding
{
    private const string Digits = "0123456789ABCDEF";

    public static string Encode(string text)
    {
        if (text.All(IsPlain))
        {
            return text;
        }

        StringBuilder encoded = new(text.Length + 16);
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            if (IsPlain((char)unit))
            {
                encoded.Append((char)unit);
            }
            else
            {
                encoded.Append('%').Append(Digits[unit >> 4]).Append(Digits[unit & 15]);
            }
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

    private static bool IsPlain(char letter) => letter is >= ' ' and <= '~' and not '%';

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
