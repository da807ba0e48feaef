using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Linkage.Bloom.Keys;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Tests.Support;

/// <summary>Schemas, keys and records that the tests share; all of it invented.</summary>
internal static class Samples
{
    public const string PeopleJson = """
        {
          "format": "linkage-schema/1",
          "name": "people",
          "fields": [
            { "name": "first", "kind": "name", "role": "given-name" },
            { "name": "last", "kind": "name", "role": "family-name" },
            { "name": "dob", "kind": "date" },
            { "name": "sex", "kind": "sex" },
            { "name": "zip", "kind": "postcode" },
            { "name": "last4", "kind": "number", "role": "last-four" }
          ],
          "passes": [
            { "name": "name-year", "key": ["LS", "Y"] },
            { "name": "first-zip", "key": ["F1", "Z"] },
            { "name": "birthday", "key": ["D", "S"] }
          ]
        }
        """;

    private static readonly string[] Firsts = ["Ana", "Bo", "Carla", "Dmitri", "Emily", "Farid", "Grace", "Hiro"];
    private static readonly string[] Lasts = ["Moreno", "Ng", "Petrova", "Quist", "Romero", "Stein", "Tanaka", "Ueda"];

    public static LinkageSchema People { get; } = Schema(PeopleJson);

    public static LinkageSchema Schema(string json) => LinkageSchema.Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>A key whose root is a function of a number.</summary>
    public static LinkageKey Key(
        int number = 1, string project = "test", string keyId = "0123456789abcdef", int epoch = 1)
    {
        Span<byte> seed = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(seed, number);
        return new LinkageKey(project, keyId, epoch, SHA256.HashData(seed));
    }

    public static KeyTree Tree(int number = 1, LinkageSchema? schema = null)
    {
        using LinkageKey key = Key(number);
        return new KeyTree(key, schema ?? People);
    }

    /// <summary>The cells of an invented person, in the order of <see cref="People"/>.</summary>
    public static string?[] Person(int number) =>
    [
        Firsts[number % Firsts.Length],
        Lasts[number / Firsts.Length % Lasts.Length],
        FormattableString.Invariant($"19{50 + (number % 37):00}-{1 + (number % 12):00}-{1 + (number % 28):00}"),
        number % 2 == 0 ? "F" : "M",
        FormattableString.Invariant($"{10_000 + (number % 23 * 17)}"),
        FormattableString.Invariant($"{1000 + (number * 7 % 9000)}"),
    ];
}
