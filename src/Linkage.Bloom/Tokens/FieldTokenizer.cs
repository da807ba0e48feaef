using System.Globalization;
using Linkage.Bloom.Normalization;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Tokens;

/// <summary>Cuts normal forms into tokens.</summary>
/// <remarks>
/// <para>
/// The tokens of one value are all different, so that a set of tokens tells values apart as well as a multiset: the
/// second occurrence of a q-gram carries the number 2, the third 3. Two characters that no normal form holds keep the
/// texts unambiguous; below, <c>_</c> is the sentinel U+0001 and <c>~</c> the mark U+0002 before a number.
/// </para>
/// <list type="table">
/// <listheader><term>value</term><description>tokens</description></listheader>
/// <item><term>name ANN, q = 2</term><description>_A, AN, NN, N_</description></item>
/// <item><term>name MARY ANN, q = 2</term><description>those of MARYANN: _M, MA, AR, RY, YA, AN, NN, N_</description>
/// </item>
/// <item><term>name ANNA, q = 3</term><description>__A, _AN, ANN, NNA, NA_, A__</description></item>
/// <item><term>text BOSS HESS, q = 2</term><description>_B, BO, OS, SS, S_, _H, HE, ES, SS~2, S_~2</description></item>
/// <item><term>postcode 3044, positional</term><description>3~0, 0~1, 4~2, 4~3</description></item>
/// <item><term>phone 5550, positional</term><description>0~0, 5~1, 5~2, 5~3, from the right</description></item>
/// <item><term>date 19900231, date parts</term><description>Y9~1, Y0~0, M0~1, M2~0, D3~1, D1~0</description></item>
/// <item><term>date ??9002??, date parts</term><description>Y9~1, Y0~0, M0~1, M2~0</description></item>
/// <item><term>date 1990, date parts</term><description>0~0, 9~1, 9~2, 1~3, since the places are unknown</description>
/// </item>
/// <item><term>sex F, exact</term><description>F</description></item>
/// </list>
/// </remarks>
internal static class FieldTokenizer
{
    /// <summary>Pads a value or a word at both ends, q − 1 times.</summary>
    public const char Sentinel = '\u0001';

    /// <summary>Stands between a token's text and its position or number of occurrence.</summary>
    public const char Mark = '\u0002';

    /// <summary>The greatest q.</summary>
    public const int MaxQ = 8;

    // A q-gram of code points, the mark and a number.
    private const int LongestToken = (2 * MaxQ) + 8;
    private const string DatePartLetters = "YMD";

    /// <summary>Adds the tokens of a value to a buffer that holds none of another value.</summary>
    /// <param name="kind">What the field holds.</param>
    /// <param name="tokens">How it is cut.</param>
    /// <param name="q">The length of q-grams, 1 to <see cref="MaxQ"/>; of no concern to other tokens.</param>
    /// <param name="normalized">A normal form; an empty one gives no tokens.</param>
    /// <param name="destination">Takes the tokens, in an order that depends on the value alone.</param>
    public static void Tokenize(
        FieldKind kind,
        TokenKind tokens,
        int q,
        ReadOnlySpan<char> normalized,
        TokenBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            normalized.Length, FieldNormalizer.MaxLength, nameof(normalized));
        if (normalized.IsEmpty)
        {
            return;
        }

        switch (tokens)
        {
            case TokenKind.QGram:
                AddQGrams(kind, q, normalized, destination);
                break;
            case TokenKind.Positional:
                AddPositions(normalized, kind == FieldKind.Phone, destination);
                break;
            case TokenKind.DateParts:
                AddDateParts(normalized, destination);
                break;
            case TokenKind.Exact:
                destination.Add(normalized);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(tokens));
        }
    }

    private static void AddQGrams(FieldKind kind, int q, ReadOnlySpan<char> normalized, TokenBuffer destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(q, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(q, MaxQ);
        int first = destination.Count;
        if (kind is FieldKind.Address or FieldKind.Text)
        {
            foreach (Range word in normalized.Split(' '))
            {
                AddQGramsOfWord(normalized[word], q, first, destination);
            }
        }
        else if (kind == FieldKind.Name && normalized.Contains(' '))
        {
            Span<char> joined = stackalloc char[normalized.Length];
            int length = 0;
            foreach (char c in normalized)
            {
                joined[length] = c;
                length += c == ' ' ? 0 : 1;
            }

            AddQGramsOfWord(joined[..length], q, first, destination);
            joined.Clear();
        }
        else
        {
            AddQGramsOfWord(normalized, q, first, destination);
        }
    }

    // Counts code points, so that no token ends in half a surrogate pair.
    private static void AddQGramsOfWord(ReadOnlySpan<char> word, int q, int first, TokenBuffer destination)
    {
        if (word.IsEmpty)
        {
            return;
        }

        Span<char> token = stackalloc char[LongestToken];
        int start = 0;
        for (int lead = q - 1; start < word.Length; lead = Math.Max(lead - 1, 0))
        {
            token[..lead].Fill(Sentinel);
            int length = lead;
            int next = start;
            for (int i = lead; i < q; i++)
            {
                if (next == word.Length)
                {
                    token[length++] = Sentinel;
                    continue;
                }

                int end = next + CodePointLength(word, next);
                word[next..end].CopyTo(token[length..]);
                length += end - next;
                next = end;
            }

            AddOccurrence(token, length, first, destination);
            start += lead > 0 ? 0 : CodePointLength(word, start);
        }
    }

    private static void AddOccurrence(Span<char> token, int length, int first, TokenBuffer destination)
    {
        ReadOnlySpan<char> text = token[..length];
        int occurrence = 1;
        for (int i = first; i < destination.Count; i++)
        {
            ReadOnlySpan<char> other = destination[i];
            bool same = other[0] == text[0] && other.StartsWith(text, StringComparison.Ordinal)
                && (other.Length == length || other[length] == Mark);
            occurrence += same ? 1 : 0;
        }

        AddNumbered(token, length, occurrence > 1 ? occurrence : -1, destination);
    }

    private static void AddPositions(ReadOnlySpan<char> value, bool fromRight, TokenBuffer destination)
    {
        Span<char> token = stackalloc char[LongestToken];
        int position = 0;
        while (!value.IsEmpty)
        {
            int length = fromRight ? LastCodePointLength(value) : CodePointLength(value, 0);
            ReadOnlySpan<char> character = fromRight ? value[^length..] : value[..length];
            if (character[0] != DateForm.Unknown)
            {
                character.CopyTo(token);
                AddNumbered(token, length, position, destination);
            }

            value = fromRight ? value[..^length] : value[length..];
            position++;
        }
    }

    private static void AddDateParts(ReadOnlySpan<char> date, TokenBuffer destination)
    {
        if (date.Length != DateForm.Length)
        {
            AddPositions(date, fromRight: true, destination);
            return;
        }

        Span<char> token = stackalloc char[LongestToken];
        for (int i = 2; i < DateForm.Length; i++)
        {
            if (date[i] != DateForm.Unknown)
            {
                token[0] = DatePartLetters[(i / 2) - 1];
                token[1] = date[i];
                AddNumbered(token, 2, 1 - (i % 2), destination);
            }
        }
    }

    // A negative number is left out.
    private static void AddNumbered(Span<char> token, int length, int number, TokenBuffer destination)
    {
        if (number >= 0)
        {
            token[length++] = Mark;
            _ = number.TryFormat(token[length..], out int digits, provider: CultureInfo.InvariantCulture);
            length += digits;
        }

        destination.Add(token[..length]);
    }

    private static int CodePointLength(ReadOnlySpan<char> text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length ? 2 : 1;

    private static int LastCodePointLength(ReadOnlySpan<char> text) =>
        char.IsLowSurrogate(text[^1]) && text.Length > 1 ? 2 : 1;
}
