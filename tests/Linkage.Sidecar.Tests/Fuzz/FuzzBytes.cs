using System.Text;

namespace Linkage.Sidecar.Tests.Fuzz;

/// <summary>Mutates texts and files, for parsers that are called without a network.</summary>
internal static class FuzzBytes
{
    private static readonly byte[][] Odd =
    [
        .. new[]
        {
            "\\ud800", "\"\\udfff\"", "null", "1e999", "-0", "99999999999999999999", "[", "]", "{", "}", "\"", ",", ":",
            "\\u0000", "//", "\ufeff", "true", "[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":", " ", "=",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0],
    ];

    public static byte[] Mutate(byte[] sound, FuzzRandom random)
    {
        List<byte> bytes = [.. sound];
        for (int count = 1 + random.Below(3); count > 0; count--)
        {
            int place = random.Below(bytes.Count + 1);
            int length = Math.Min(random.Below(12), bytes.Count - place);
            switch (random.Below(5))
            {
                case 0:
                    bytes.RemoveRange(place, length);
                    break;
                case 1:
                    bytes.InsertRange(place, bytes.GetRange(place, length));
                    break;
                case 2:
                    bytes.InsertRange(place, random.Pick(Odd));
                    break;
                case 3 when place < bytes.Count:
                    bytes[place] ^= (byte)(1 << random.Below(8));
                    break;
                case 4 when random.Chance(20):
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                default:
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A text of letters that mean something, mostly.</summary>
    public static string Text(FuzzRandom random, string letters, int most)
    {
        char[] text = new char[random.Below(most + 1)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = random.Chance(90) ? letters[random.Below(letters.Length)] : (char)random.Below(0xD800);
        }

        return new string(text);
    }
}
