using System.Globalization;
using System.Security.Cryptography;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Keys;

/// <summary>One text of a key check: a version line, then lines of name and value in a fixed order.</summary>
/// <remarks>Proofs cover the text as written here, so a carrier may change the line ends.</remarks>
internal sealed record KeyCheckText
{
    public const string StartStep = "start";
    public const string AnswerStep = "answer";
    public const string ConfirmStep = "confirm";
    public const int NonceLength = 32;
    public const int ProofLength = 16;

    private const string FormatName = "linkage-key-check/1";
    private const int MaxTextLength = 4096;

    private static readonly string[] StartNames = ["step", "project", "key", "epoch", "schema", "nonce"];
    private static readonly string[] AnswerNames = [.. StartNames, "answers", "proof", "self-test"];
    private static readonly string[] ConfirmNames = ["step", "confirms", "proof", "self-test"];

    private readonly string[] _names;
    private readonly string[] _values;

    private KeyCheckText(string[] names, string[] values)
    {
        _names = names;
        _values = values;
    }

    public string this[string name] => _values[Array.IndexOf(_names, name)];

    public static KeyCheckText Start(LinkageSchema schema, LinkageKey key) =>
        new(StartNames, [StartStep, .. FactsOf(schema, key), NewNonce()]);

    public static KeyCheckText Answer(LinkageSchema schema, LinkageKey key, KeyCheckText start) =>
        new(AnswerNames, [AnswerStep, .. FactsOf(schema, key), NewNonce(), start["nonce"], "", ""]);

    public static KeyCheckText Confirm(KeyCheckText answer) =>
        new(ConfirmNames, [ConfirmStep, answer["nonce"], "", ""]);

    /// <summary>The same text with its proofs.</summary>
    public KeyCheckText WithProofs(ReadOnlySpan<byte> proof, ReadOnlySpan<byte> selfTest) =>
        new(_names, [.. _values[..^2], Convert.ToHexStringLower(proof), Convert.ToHexStringLower(selfTest)]);

    /// <summary>The same text before it had its proofs, which is what they cover.</summary>
    public KeyCheckText WithoutProofs() => WithProofs([], []);

    /// <summary>True when the public facts of a start or an answer are those of this schema and key.</summary>
    public bool IsOf(LinkageSchema schema, LinkageKey key) => _values.AsSpan(1, 4).SequenceEqual(FactsOf(schema, key));

    public override string ToString() =>
        FormatName + "\n" + string.Concat(_names.Zip(_values, (name, value) => $"{name}: {value}\n"));

    /// <summary>Reads a text strictly.</summary>
    /// <param name="text">The text.</param>
    /// <param name="step">Which of the three it must be.</param>
    /// <exception cref="FormatException">It is another text, or damaged; the message names the line.</exception>
    public static KeyCheckText Parse(string text, string step)
    {
        string[] names = step switch
        {
            StartStep => StartNames,
            AnswerStep => AnswerNames,
            _ => ConfirmNames,
        };
        Expect(text.Length <= MaxTextLength, step, 1, "the text is too long");
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        Expect(lines[0] == FormatName, step, 1, $"must be {FormatName}");
        string[] values = new string[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            int number = i + 2;
            Expect(number <= lines.Length, step, number, "is missing");
            string prefix = names[i] + ": ";
            string line = lines[number - 1];
            Expect(line.StartsWith(prefix, StringComparison.Ordinal), step, number, $"must be '{names[i]}'");
            values[i] = line[prefix.Length..];
            Expect(IsValue(names[i], values[i], step), step, number, $"holds no proper {names[i]}");
        }

        int end = names.Length + 1;
        bool ends = lines.Length == end + 1 && lines[end].Length == 0;
        Expect(ends, step, end + 1, "the text must end here, after a line end");
        return new KeyCheckText(names, values);
    }

    private static string[] FactsOf(LinkageSchema schema, LinkageKey key) =>
    [
        // Escaped, so that no name of a project can break a line.
        Uri.EscapeDataString(key.Project),
        key.KeyId,
        key.Epoch.ToString(CultureInfo.InvariantCulture),
        schema.EncodingFingerprint,
    ];

    private static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceLength));

    private static bool IsValue(string name, string value, string step) => name switch
    {
        "step" => value == step,
        "project" => value.Length > 0
            && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '%' or '-' or '.' or '_' or '~'),
        "key" => IsHex(value, 8),
        "epoch" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) && epoch >= 1,
        "schema" => IsHex(value, SHA256.HashSizeInBytes),
        "proof" or "self-test" => IsHex(value, ProofLength),
        _ => IsHex(value, NonceLength),
    };

    private static bool IsHex(string value, int bytes) =>
        value.Length == 2 * bytes && value.All(char.IsAsciiHexDigitLower);

    private static void Expect(bool holds, string step, int line, string what)
    {
        if (!holds)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"key check, {step} text, line {line}: {what}"));
        }
    }
}
